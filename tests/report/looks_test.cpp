#include "report/looks.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/answer_words.hpp"
#include "report/collect.hpp"
#include "report/fairness.hpp"
#include "report/inference_notes.hpp"
#include "report/judge.hpp"
#include "report/section_of.hpp"
#include "report/seed_stage.hpp"
#include "report/synthetic.hpp"
#include "stats/anytime.hpp"
#include "stats/look_level.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// A variant that is better by these differences, one value per seed.
StudyRecords better_by(const std::vector<double>& differences) {
  std::vector<double> base, other;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    base.push_back(0.8 + 0.001 * static_cast<double>(i % 4));
    other.push_back(base.back() + differences[i]);
  }
  return synthetic::with_accuracies({base, other});
}

LookRecord look_after(std::int64_t seeds, const std::string& plan = "") {
  return {"2026-11-26T10:00:00.000Z", "report", "test.accuracy", seeds, 2 * seeds, 2, plan};
}

const Member& member(const Comparison& comparison) {
  return comparison.answer->contrasts.at(0).conclusion.pooled.member;
}

ReportOptions until_settled(std::size_t first, std::size_t step, std::size_t most) {
  ReportOptions options;
  options.until_settled = SeedsUntilSettled{first, step, most};
  return options;
}

const std::vector<double> eight = {.02, .03, .01, .02, .03, .02, .01, .03};

}  // namespace

TEST_CASE("from the second unplanned look on words, interval and p are those of e-values") {
  StudyRecords records = better_by(eight);
  CHECK(member(compare(records, {})).judged == Judged::by_flips);
  records.looks = {look_after(6)};
  const Comparison comparison = compare(records, {});
  const Family expected =
      judge_family_anytime(std::vector{comparison.answer->contrasts.at(0).contrast.pooled.row}, 0.95);
  CHECK(member(comparison).judged == Judged::by_e_value);
  CHECK(member(comparison).p == expected.members[0].p);
  CHECK(member(comparison).interval.low == expected.members[0].interval.low);
  CHECK(comparison.answer->contrasts[0].pooled.word == Word::better);
  CHECK_THAT(look_notes(comparison).at(0), Contains("Looked at once before") &&
                                               Contains("after 6 seeds (2026-11-26, report, test.accuracy)"));
  CHECK_THAT(weaknesses(comparison), Contains("looked at once before over fewer seeds"));
  CHECK(look_chip(comparison) == "looked at once before");
}

TEST_CASE("where e-values give no interval yet, neither the answer nor the figure speaks of one") {
  StudyRecords records = better_by({.02, .03, .01, .02});
  records.looks = {look_after(3)};
  const Comparison comparison = compare(records, {});
  REQUIRE_FALSE(member(comparison).interval.has_width());
  CHECK_THAT(fmt::format("{}", fmt::join(answer_bullets(comparison), " ")),
             Contains("Effect (4 seeds: too few for an interval after an earlier look)") &&
                 !Contains("95% interval)"));
  CHECK_THAT(figure_of(comparison, "contrast").caption, Contains("A dot is a seed; no row has an interval."));
}

TEST_CASE("a look that an earlier plan foresaw is told with that plan") {
  StudyRecords records = better_by(eight);
  records.looks = {look_after(6)};
  records.looks[0].looks_in_plan = "4, 6, 8";
  const Comparison comparison = compare(records, {});
  CHECK(comparison.answer->looks.by_e_value);
  CHECK_THAT(look_notes(comparison).at(0), Contains("not by the study's present plan: after 6 seeds") &&
                                               Contains("; planned then: after 4, 6, 8)"));
}

TEST_CASE("all variants are judged by e-values too once the answer is, and their notes say so") {
  auto records = better_by(eight);
  CHECK(compare(records, {}).variants[1].difference->member.judged == Judged::by_flips);
  records.looks = {look_after(6)};
  const auto comparison = compare(records, {});
  const Member& member = comparison.variants[1].difference->member;
  const Member& answered = comparison.answer->contrasts[0].conclusion.pooled.member;
  CHECK(member.judged == Judged::by_e_value);
  CHECK(member.p == answered.p);
  CHECK(member.interval.low == answered.interval.low);
  CHECK_THAT(fmt::format("{}", fmt::join(inference_notes(comparison), " ")),
             Contains("p: e-values, which hold at any number of looks.") && !Contains("max-T"));
}

TEST_CASE("looks at the same seeds, at one seed, and plans made anew are no earlier looks") {
  StudyRecords records = better_by(eight);
  LookRecord replan = look_after(6);
  replan.command = "replan";
  records.looks = {look_after(8), look_after(1), replan};
  const Comparison comparison = compare(records, {});
  CHECK_FALSE(comparison.answer->looks.by_e_value);
  CHECK(look_chip(comparison).empty());
  CHECK_THAT(look_notes(comparison).at(0), Contains("set aside once by a new plan"));
}

TEST_CASE(
    "looks at fewer seeds of a study whose runs were copied weaken the answer, and it rests on no e-value") {
  auto records = better_by(eight);
  records.looks_elsewhere = {
      {"first try", look_after(4)}, {"first try", look_after(3)}, {"other", look_after(8)}};
  const auto comparison = compare(records, {});
  CHECK_FALSE(comparison.answer->looks.by_e_value);
  CHECK_THAT(weaknesses(comparison),
             Contains("runs are copied from the study first try, which was looked at after 3, 4 seeds") &&
                 !Contains("study other"));
}

TEST_CASE("several looks at one number of seeds count once, whatever the metric") {
  StudyRecords records = better_by(eight);
  records.looks = {look_after(4), look_after(6), look_after(6)};
  records.looks[2].metric = "test.f1";
  const Comparison comparison = compare(records, {});
  CHECK(comparison.answer->looks.unplanned.size() == 2);
  CHECK(look_chip(comparison) == "looked at 2 times before");
}

TEST_CASE("a study whose runs are not all in says that this look counts") {
  StudyRecords records = better_by(eight);
  records.runs.back().status = RunStatus::planned;
  CHECK_THAT(look_notes(compare(records, {})).at(0), Contains("this look, after 7 seeds, counts"));
  const auto look = look_at(compare(records, {}), "report");
  REQUIRE(look);
  CHECK(look->look.seeds == 7);
  CHECK(look->look.metric == "test.accuracy");
  CHECK(look->look.variants == 2);
}

TEST_CASE("a look at a single seed does not count") {
  CHECK_FALSE(look_at(compare(better_by({0.01}), {}), "report"));
}

TEST_CASE("planned looks are judged at the level that each may spend, over the seeds up to it") {
  const auto planned = planned_looks(std::vector<std::size_t>{10, 12}, level_of_few_seeds(0.05));
  REQUIRE(planned[0].nominal > 0.0);
  std::vector<double> settled = eight;
  settled.insert(settled.end(), {.02, .02, -.5, -.5});
  // Ten seeds on one side: p = 2 / 2^10, below the first look's level; what comes after them is not asked for.
  const Comparison comparison = compare(better_by(settled), until_settled(10, 2, 12));
  const AnsweredContrast& of = comparison.answer->contrasts.at(0);
  CHECK(of.settled_at == std::optional<std::size_t>(10));
  CHECK(of.contrast.pooled.row.seeds.size() == 10);
  CHECK(of.pooled.word == Word::better);
  CHECK(member(comparison).p == Approx(2.0 / 1024));
  CHECK(comparison.answer->looks.made == 1);
  CHECK(seed_stage(comparison).over);
  CHECK(seed_stage(comparison).seeds == 10);
  CHECK_THAT(look_notes(comparison).at(0),
             Contains("after 10, 12 seeds") &&
                 Contains(fmt::format("10 seeds at p {:.4f} (settled: ", planned[0].nominal)));
  CHECK(look_chip(comparison) == "planned look 1 of 2");
}

TEST_CASE("a look below what flips of its seeds can give claims nothing and asks for more") {
  const Comparison comparison = compare(better_by(eight), until_settled(8, 4, 24));
  CHECK(comparison.answer->looks.made == 1);
  CHECK(comparison.answer->contrasts.at(0).pooled.word == Word::cannot_say);
  CHECK(member(comparison).judged == Judged::not_at_all);
  const SeedStage stage = seed_stage(comparison);
  CHECK_FALSE(stage.over);
  CHECK(stage.seeds == 12);
  CHECK(stage.fewer.empty());
}

TEST_CASE("a look settles nothing by Student's t where a seed was lost and the flips of the others cannot") {
  const std::vector<double> nine = {.02, .021, .019, .022, .018, .02, .021, .019, .02};
  const auto planned = planned_looks(look_times(9, 3, 15), level_of_few_seeds(0.05));
  REQUIRE(planned[0].nominal > 2.0 / 512);
  REQUIRE(planned[0].nominal < 2.0 / 256);
  CHECK(compare(better_by(nine), until_settled(9, 3, 15)).answer->contrasts.at(0).settled_at);
  StudyRecords records = better_by(nine);
  synthetic::end(records, records.runs.front().id, RunStatus::diverged);
  const Comparison comparison = compare(records, until_settled(9, 3, 15));
  CHECK_FALSE(comparison.answer->contrasts.at(0).settled_at);
  CHECK(comparison.answer->contrasts.at(0).pooled.word == Word::cannot_say);
  CHECK(member(comparison).judged == Judged::not_at_all);
  CHECK(seed_stage(comparison).seeds == 12);
}

TEST_CASE("until the first planned look is complete nothing is said, and its seeds are asked for") {
  StudyRecords records = better_by(eight);
  records.runs.back().status = RunStatus::running;
  const Comparison comparison = compare(records, until_settled(8, 4, 24));
  CHECK(comparison.answer->looks.made == 0);
  CHECK(comparison.answer->contrasts.at(0).pooled.word == Word::cannot_say);
  CHECK(seed_stage(comparison).seeds == 8);
  CHECK_FALSE(seed_stage(comparison).over);
}

TEST_CASE("a plan that goes to its last look without an answer ends there") {
  const std::vector<double> mixed = {.02, -.03, .01, -.02, .03, -.02, .01, -.03, .02, -.01, .01, -.02};
  const Comparison comparison = compare(better_by(mixed), until_settled(8, 4, 12));
  CHECK(comparison.answer->looks.made == 2);
  CHECK(seed_stage(comparison).over);
  CHECK(comparison.answer->contrasts.at(0).pooled.word == Word::cannot_say);
  CHECK(comparison.answer->contrasts.at(0).contrast.pooled.row.seeds.size() == 12);
}

TEST_CASE("what is settled gets no more seeds, the baseline and what is open do") {
  std::vector<double> base, good, open;
  for (int i = 0; i < 10; ++i) {
    base.push_back(0.8 + 0.001 * (i % 4));
    good.push_back(base.back() + 0.02 + 0.001 * (i % 3));
    open.push_back(base.back() + (i % 2 ? 0.01 : -0.01));
  }
  const Comparison comparison =
      compare(synthetic::with_accuracies({base, good, open}), until_settled(10, 2, 12));
  REQUIRE(comparison.answer->contrasts.size() == 2);
  const SeedStage stage = seed_stage(comparison);
  CHECK_FALSE(stage.over);
  CHECK(stage.seeds == 12);
  CHECK(stage.fewer == std::map<std::string, std::size_t>{{"B", 10}});
}

TEST_CASE(
    "a contrast whose word is held back as one side diverged is not settled, and goes on to the last look") {
  std::vector<double> base, good;
  for (int i = 0; i < 12; ++i) {
    base.push_back(0.8 + 0.001 * (i % 4));
    good.push_back(base.back() + 0.02 + 0.001 * (i % 3));
  }
  auto records = synthetic::with_accuracies({base, good});
  synthetic::end(records, 12 + 11, RunStatus::diverged);  // B's seed 11: the first look does not see it
  CHECK(compare(records, until_settled(10, 2, 12)).answer->contrasts[0].pooled.word == Word::better);
  synthetic::end(records, 12 + 3, RunStatus::diverged);
  const Comparison comparison = compare(records, until_settled(10, 2, 12));
  CHECK(comparison.answer->contrasts[0].pooled.withheld);
  CHECK_FALSE(comparison.answer->contrasts[0].settled_at);
  CHECK(seed_stage(comparison).seeds == 12);
  CHECK(seed_stage(comparison).over);
}

TEST_CASE("a contrast of which one side always diverged is settled by the first planned look") {
  std::vector<double> base, good, lost;
  for (int i = 0; i < 10; ++i) {
    base.push_back(0.8 + 0.001 * (i % 4));
    good.push_back(base.back() + 0.02 + 0.001 * (i % 3));
    lost.push_back(base.back());
  }
  auto records = synthetic::with_accuracies({base, good, lost});
  for (std::int64_t run = 21; run <= 30; ++run) synthetic::end(records, run, RunStatus::diverged);
  const Comparison comparison = compare(records, until_settled(10, 2, 12));
  REQUIRE(comparison.answer->contrasts.size() == 2);
  CHECK(comparison.answer->contrasts[1].settled_at == std::optional<std::size_t>(10));
  CHECK(comparison.answer->contrasts[1].pooled.withheld);
  CHECK(seed_stage(comparison).over);
  // Where it diverged in some seeds alone, more of them may tell.
  for (std::int64_t run = 26; run <= 30; ++run)
    records.runs[static_cast<std::size_t>(run - 1)].status = RunStatus::done;
  CHECK_FALSE(seed_stage(compare(records, until_settled(10, 2, 12))).over);
}

TEST_CASE("where no row has two seeds the note says that none is judged") {
  const Comparison comparison = compare(synthetic::with_accuracies({{.8}, {.9}}), {});
  CHECK_THAT(method_note(comparison), Contains("No row is judged: ") && !Contains("simultaneous"));
}

TEST_CASE("reports of the plan are no unplanned looks, those of another plan are") {
  StudyRecords records = better_by(eight);
  records.looks = {look_after(6, "6, 8")};
  CHECK_FALSE(compare(records, until_settled(6, 2, 8)).answer->looks.by_e_value);
  CHECK(compare(records, until_settled(6, 1, 8)).answer->looks.by_e_value);
  CHECK(looks_text({6, 2, 9}) == "6, 8, 9");
}

TEST_CASE(
    "that intervals assume normal errors is said where a row is judged by Student's t, and nowhere else") {
  const std::vector<double> five(eight.begin(), eight.begin() + 5), seven(eight.begin(), eight.begin() + 7);
  const auto said = Contains("intervals assume normal errors");
  CHECK_THAT(weaknesses(compare(better_by(five), {})), said);
  StudyRecords looked_at = better_by(five);
  looked_at.looks = {look_after(3)};
  CHECK_THAT(weaknesses(compare(looked_at, {})), !said);
  const Comparison silent = compare(better_by(five), until_settled(5, 5, 20));
  REQUIRE(member(silent).judged == Judged::not_at_all);
  CHECK_THAT(weaknesses(silent), !said);
  CHECK_THAT(weaknesses(compare(better_by(seven), {})), !said);
  ReportOptions strict;
  strict.confidence = 0.99;  // 2 / 2^7 > 0.01
  const Comparison by_t = compare(better_by(seven), strict);
  CHECK_THAT(weaknesses(by_t), Contains("7 seeds: intervals assume normal errors"));
  CHECK_THAT(fairness_warnings(by_t).front().rule, Contains("below 8, no exact test reaches 0.01"));
  CHECK_THAT(weaknesses(compare(better_by({0.01}), {})), !said && Contains("1 seed: no interval and no p"));
}

TEST_CASE("where rows are judged by flips and by Student's t, the answer's note names both") {
  std::vector<double> other;
  for (const double value : eight) other.push_back(0.8 + value);
  StudyRecords records = synthetic::with_accuracies({std::vector<double>(8, 0.8), other, other});
  for (std::int64_t run = 20; run <= 24; ++run) synthetic::end(records, run, RunStatus::failed);
  const Comparison comparison = compare(records, {});
  CHECK_THAT(method_note(comparison),
             Contains("max-T") && Contains("of rows with fewer than 6 seeds, Student's t"));
  CHECK_THAT(method_note(compare(better_by(eight), {})), Contains("max-T") && !Contains("Student"));
}
