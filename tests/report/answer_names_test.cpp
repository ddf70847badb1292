#include <set>

#include <catch2/catch.hpp>

#include "report/answer.hpp"
#include "report/asked.hpp"
#include "report/section_of.hpp"

using namespace ablate;
using Catch::Contains;

TEST_CASE(
    "what variants do not change is told by its value where their configuration has it, and settings leave it out") {
  auto records = synthetic::with_accuracies(
      {six, changed({.02, .03, .01, .02, .03, .02}), changed({.01, .02, .0, .01, .02, .01})});
  records.variants[0].factors.clear();
  records.variants[1].factors = {{"model.skip", std::string("none")}};
  records.variants[2].factors = {{"model.activation", std::string("tanh")}};
  for (auto& variant : records.variants) variant.config = "model:\n  skip: projection\n";
  const auto comparison = asked(records);
  const AnsweredContrast& first = comparison.answer->contrasts.at(0);
  CHECK(first.name == "skip: projection → none");
  CHECK(comparison.answer->contrasts.at(1).name == "activation: unchanged → tanh");
  CHECK(setting_name(comparison, first, 0).empty());
  CHECK_THAT(bullets(comparison), Contains("Price of none instead of projection: "));
}

TEST_CASE("a level without a pair of finished runs has a dash, not a number") {
  auto records = synthetic::with_accuracies({six, six, six, six});
  for (std::size_t v = 0; v < 4; ++v) {
    records.variants[v].factors = {{"model.skip", std::string(v % 2 ? "projection" : "none")},
                                   {"model.hidden", std::int64_t{v < 2 ? 64 : 128}}};
  }
  for (auto& run : records.runs) {
    if (run.variant_id == records.variants[3].id) run.status = RunStatus::failed;
  }
  const Table rows =
      page_table(asked(records, {.factor = "model.skip", .by = {"model.hidden"}}), "contrasts");
  REQUIRE(rows.rows.size() == 3);
  CHECK(to_string(rows.rows[2].at(1)) == "hidden 128");
  CHECK(to_string(rows.rows[2].at(3)) == "–");
}

TEST_CASE("a headline over leaked runs marks the side, and no difference without them") {
  auto records = synthetic::with_accuracies(
      {six, changed({.02, .03, .01, .02, .03, .02}), changed({-.02, -.03, -.01, -.02, -.03, -.02})});
  for (const auto& run : records.runs) {
    if (run.variant_id == records.variants[1].id)
      records.leaks.push_back({run.id, {"trained_on_test", "The test images were trained on.", 4000}});
  }
  const auto comparison = asked(records);
  CHECK(headline(comparison) ==
        "Against the baseline, in test.accuracy: better: skip projection †; worse: hidden 128.");
  const Table rows = page_table(comparison, "contrasts");
  CHECK(rows.columns.at(1).name == "n");  // no row has a setting to tell
  CHECK_THAT(to_string(rows.rows.at(0).at(2)), Contains("†"));
  CHECK_THAT(to_string(rows.rows.at(1).at(2)), !Contains("†"));
}

TEST_CASE("each side that leaked has its mark in the headline") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  for (const auto& run : records.runs)
    records.leaks.push_back({run.id, {"trained_on_test", "The test images were trained on.", 4000}});
  CHECK_THAT(headline(asked(records)), Contains("projection † is better than none †:"));
}

TEST_CASE("a question that no two variants answer is told, and whole variants stand without a gap") {
  auto records = synthetic::with_accuracies(
      {six, changed({.02, .03, .01, .02, .03, .02}), changed({-.02, -.03, -.01, -.02, -.03, -.02})});
  records.variants[1].factors[1].value = std::int64_t{128};  // skip and width change together
  records.variants[2].factors[1].value = std::int64_t{256};
  const auto comparison = asked(records, {.factor = "model.skip", .from = "none", .to = "projection"});
  CHECK_THAT(bullets(comparison), Contains("no two finished variants differ in skip alone"));
  CHECK(headline(comparison) == "Against the baseline, in test.accuracy: better: B; worse: C.");
  CHECK_THAT(bullets(comparison), Contains("Price of B instead of A") && Contains("Price of C instead of A"));
}

TEST_CASE("a level that one side alone was planned at has no row") {
  auto records = synthetic::with_accuracies(
      {six, changed({.02, .03, .01, .02, .03, .02}), changed({-.02, -.03, -.01, -.02, -.03, -.02})});
  const auto comparison = asked(records, {.factor = "model.skip", .from = "none", .to = "projection"});
  const Table rows = page_table(comparison, "contrasts");
  REQUIRE(rows.rows.size() == 1);
  CHECK(comparison.answer->contrasts[0].conclusion.family_size == 1);
}

TEST_CASE("seeds that change nothing allow no word, however many there are") {
  const std::vector<double> same(8, 0.80), other(8, 0.82);
  const auto comparison = asked(synthetic::with_accuracies({same, other}));
  CHECK(headline(comparison) ==
        "skip: 8 seeds cannot say whether projection is better or worse than none in test.accuracy.");
  CHECK_THAT(bullets(comparison),
             Contains("every seed gives the same test.accuracy: does the program use its seed?"));
  auto records = synthetic::with_accuracies({same, other, other, same});
  for (std::size_t v = 0; v < 4; ++v) {
    records.variants[v].factors = {{"model.skip", std::string(v % 2 ? "projection" : "none")},
                                   {"model.hidden", std::int64_t{v < 2 ? 64 : 128}}};
  }
  const auto crossed = asked(records, {.factor = "model.skip", .by = {"model.hidden"}});
  CHECK_THAT(headline(crossed), Contains("cannot say"));
  CHECK_THAT(bullets(crossed), !Contains("It depends"));
}

TEST_CASE("sides whose seeds change nothing allow no word and no p beside a variant whose seeds do") {
  const std::vector<double> same(6, 0.80), other(6, 0.82);
  auto records = synthetic::with_accuracies({same, other, changed({.02, .03, .01, .02, .03, .02})});
  for (std::size_t v = 0; v < 3; ++v) records.variants[v].factors = {{"x", static_cast<std::int64_t>(v + 1)}};
  for (auto& row : records.curves) row.suite.accuracy = 0.5 + 0.01 * row.epoch;
  const auto comparison = asked(records);
  const AnsweredContrast& idle = comparison.answer->contrasts.front();
  CHECK(idle.conclusion.pooled.member.judged == Judged::not_at_all);
  CHECK_FALSE(comparison.variants[1].difference->has_p());
  CHECK(comparison.variants[2].difference->has_p());
  CHECK_THAT(
      bullets(comparison),
      Contains(
          "every seed gives the same test.accuracy in A, B, as if the program did not use its seed there"));
  for (auto& row : records.curves) {
    if (row.epoch == 1) row.suite.accuracy += 0.001 * static_cast<double>(row.run_id);
  }
  CHECK_THAT(bullets(asked(records)), !Contains("use its seed"));
}

TEST_CASE("one tie between two seeds is not taken for seeds that change nothing") {
  auto records = synthetic::with_accuracies({{0.80, 0.80}, {0.82, 0.82}});
  CHECK_THAT(bullets(asked(records)), Contains("does the program use its seed?"));
  for (auto& run : records.runs) {
    if (run.seed == 2 && run.variant_id == records.variants[0].id) run.status = RunStatus::planned;
  }
  CHECK_THAT(bullets(asked(records)), !Contains("does the program use its seed?"));
}

TEST_CASE("runs of two programs under one study are told, with how many each trained") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  for (auto& run : records.runs) run.origin.program_sha256 = run.seed < 3 ? "aaaaaaaa1" : "bbbbbbbb2";
  CHECK_THAT(bullets(asked(records)), Contains("its runs are those of 2 programs (") &&
                                          Contains(" by aaaaaaaa") && Contains(" by bbbbbbbb"));
}

TEST_CASE(
    "runs that ended without a number count as diverged ones do, and the survivors are not called better") {
  auto records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  std::set<std::int64_t> lost;
  for (const auto& run : records.runs) {
    if (run.variant_id == records.variants[1].id && run.seed % 2 == 0) lost.insert(run.id);
  }
  for (auto& row : records.selected) {
    if (lost.contains(row.run_id)) row.suite = {};
  }
  const auto comparison = asked(records);
  CHECK_THAT(headline(comparison), Contains("cannot say"));
  CHECK_THAT(bullets(comparison), Contains("diverged: ") && Contains(" in 3 of 6"));
}

TEST_CASE("a level whose runs all diverged keeps its row, and the question is not replaced by another") {
  const auto of_levels = [](const std::vector<std::string>& levels, const std::vector<std::int64_t>& widths) {
    auto records = synthetic::with_accuracies({six, six, changed({.02, .03, .01, .02, .03, .02})});
    for (std::size_t v = 0; v < 3; ++v)
      records.variants[v].factors = {{"model.skip", levels[v]}, {"model.hidden", widths[v]}};
    for (std::int64_t run = 7; run <= 12; ++run) synthetic::end(records, run, RunStatus::diverged);
    return asked(records, {.factor = "model.skip"});
  };
  const auto three = of_levels({"none", "third", "projection"}, {64, 64, 64});
  REQUIRE(three.answer->contrasts.size() == 2);
  CHECK(three.answer->contrasts[0].conclusion.family_size == 1);
  CHECK_THAT(headline(three), Contains("better: projection") && Contains("runs diverged: third"));
  CHECK_THAT(bullets(three), Contains("third: cannot say, third diverged under 6 of 6 seeds") &&
                                 Contains("diverged: B in 6 of 6"));
  const auto lost = of_levels({"none", "new", "none"}, {64, 64, 128});
  REQUIRE(lost.answer->contrasts.size() == 1);
  CHECK_THAT(headline(lost), Contains("better or worse than none: new diverged under all of them"));
}

TEST_CASE("runs that diverged in one setting of several are told with the number of settings") {
  const auto good = changed({.02, .03, .01, .02, .03, .02});
  auto records = synthetic::with_accuracies({six, good, six, good, six, good, six, good});
  for (std::size_t v = 0; v < 8; ++v)
    records.variants[v].factors = {{"model.skip", std::string(v % 2 == 0 ? "none" : "projection")},
                                   {"model.hidden", std::int64_t{v < 4 ? 64 : 128}},
                                   {"training.batch_size", std::int64_t{v / 2 % 2 == 0 ? 16 : 32}}};
  for (std::int64_t run = 7; run <= 12; ++run) synthetic::end(records, run, RunStatus::diverged);
  CHECK(
      headline(asked(records, {.factor = "model.skip"})) ==
      "skip: 6 seeds cannot say whether projection is better or worse than none: projection diverged under all "
      "of them in 1 of 4 settings.");
}

TEST_CASE("differences that are all exactly 0 raise the question whether the setting is used") {
  const auto comparison = asked(synthetic::with_accuracies({six, six}));
  CHECK_THAT(bullets(comparison), Contains("exactly 0 (") && Contains("does the program use this setting?"));
  CHECK_THAT(bullets(comparison), !Contains("?."));
}

TEST_CASE("of several contrasts a bullet says to which a level and a dependence belong") {
  const auto good = changed({.02, .03, .01, .02, .03, .02}),
             bad = changed({-.02, -.03, -.01, -.02, -.03, -.02});
  auto records = synthetic::with_accuracies({six, good, good, six, bad, bad});
  const std::string levels[] = {"none", "projection", "identity"};
  for (std::size_t v = 0; v < 6; ++v) {
    records.variants[v].factors = {{"model.skip", levels[v % 3]},
                                   {"model.hidden", std::int64_t{v < 3 ? 64 : 128}}};
  }
  const auto comparison = asked(records, {.factor = "model.skip", .by = {"model.hidden"}});
  CHECK(
      headline(comparison) ==
      "skip against none, in test.accuracy: the effects of projection and identity depend on hidden (better at 64; worse at "
      "128).");
  CHECK_THAT(bullets(comparison), Contains("skip: none → projection, hidden 64 +") &&
                                      Contains("skip: none → identity, hidden 128 −") &&
                                      Contains("skip: none → identity depends on hidden (") &&
                                      !Contains("It depends"));
}

TEST_CASE(
    "an effect that depends on a factor, and is at none of its levels more than chance, is told in a sentence") {
  auto comparison = asked(synthetic::with_accuracies(
      {six, changed({.02, .03, .01, .02, .03, .02}), six, changed({-.02, -.03, -.01, -.02, -.03, -.02})}));
  for (Said& level : comparison.answer->contrasts.at(0).levels) level.word = Word::cannot_say;
  CHECK(
      headline(comparison) ==
      "skip: the effect of projection against none depends on hidden, but 6 seeds cannot say at which it is "
      "better or worse.");
}
