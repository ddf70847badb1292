#include "report/verdict.hpp"

#include <catch2/catch.hpp>

#include "report/collect.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

std::string verdict_of(const StudyRecords& records, const std::string& primary = "test.accuracy") {
  return verdict(compare(records, {{}, primary, 0.95}));
}

}  // namespace

const std::vector<double> six = {0.80, 0.81, 0.79, 0.80, 0.82, 0.80};

// The intervals below: mean ± t(n - 1, 0.975) sd / sqrt(n), with t(2) = 4.302653 and t(5) = 2.570582 from a
// printed table. The exact p below are counted by hand: of 2^n signs, so many give a sum as far from 0.

TEST_CASE("a real effect is named with n, difference, interval, p and cost") {
  const auto text = verdict_of(synthetic::with_accuracies({six, {0.82, 0.84, 0.80, 0.82, 0.85, 0.82}}));
  // differences 0.02 0.03 0.01 0.02 0.03 0.02: mean 0.0217, sd 0.00753, half width 0.0079; p 2/64
  CHECK(text ==
        "A real effect: over 6 seeds, B differs from the baseline A by +0.0217 in test.accuracy (95 % "
        "interval +0.0138 to +0.0296, paired by seed; exact p 0.0312). B is better. Cost of B: parameters "
        "+7.7 % (200,000 to 215,343), FLOPs per sample +7.7 % (1,200,000 to 1,292,058), training time "
        "unchanged (11.4 s).");
  const auto worse = verdict_of(synthetic::with_accuracies({six, {0.78, 0.78, 0.77, 0.78, 0.79, 0.78}}));
  CHECK_THAT(worse, Contains("A real effect: ") && Contains(" B is worse."));
}

TEST_CASE("no effect found is told with what would have been found, and never as proof of none") {
  const auto text = verdict_of(synthetic::with_accuracies({six, {0.81, 0.80, 0.80, 0.79, 0.83, 0.79}}));
  // differences +0.01 and -0.01, three each: p 1
  CHECK_THAT(text, Contains("No effect found: over 6 seeds, B differs from the baseline A by 0.0000 in") &&
                       Contains("exact p 1)") && Contains("would have been found 8 times in 10") &&
                       Contains("smaller ones are not ruled out"));
  CHECK_THAT(text, !Contains("better") && !Contains("worse"));
}

TEST_CASE("too little data says what it cannot say, how many seeds could, and prints no star") {
  const auto text = verdict_of(synthetic::with_accuracies({{0.80, 0.80, 0.80}, {0.81, 0.82, 0.83}}));
  CHECK_THAT(text, Contains("Too little data: over 3 seeds, B differs from the baseline A by +0.0200 in "
                            "test.accuracy (95 % interval −0.0048 to +0.0448"));
  CHECK_THAT(text, Contains("The interval includes 0: these data cannot say"));
  CHECK_THAT(text, Contains("3 pairs cannot give an exact two-sided p below 0.25, whatever they show; 6 "
                            "seeds could reach 0.05."));
  CHECK_THAT(text, !Contains("*") && !Contains("real effect"));
}

TEST_CASE("an interval that excludes 0 over too few seeds is a hint, and no proof") {
  CHECK_THAT(verdict_of(synthetic::with_accuracies({{0.80, 0.80, 0.80}, {0.82, 0.821, 0.822}})),
             Contains("Too little data") && Contains("in favour of B: a hint, and no proof"));
}

TEST_CASE("all others diverged is said in so many words") {
  auto records = synthetic::with_accuracies({{0.80, 0.82}, {0.84, 0.86}, {0.84, 0.86}});
  for (const std::int64_t run : {3, 4, 5, 6}) synthetic::end(records, run, RunStatus::diverged);
  CHECK_THAT(verdict_of(records),
             Contains("All others diverged: under every seed, the loss of the 2 variants") &&
                 Contains("A with test.accuracy 0.8100") && Contains("(4 diverged)"));
  for (const std::int64_t run : {1, 2}) synthetic::end(records, run, RunStatus::diverged);
  CHECK_THAT(verdict_of(records), Contains("No verdict: all 6 runs diverged."));
}

TEST_CASE("a variant that diverged under every seed is named beside those that are compared") {
  auto records = synthetic::with_accuracies({{0.80, 0.82}, {0.84, 0.86}, {0.84, 0.86}});
  for (const std::int64_t run : {5, 6}) synthetic::end(records, run, RunStatus::diverged);
  CHECK_THAT(verdict_of(records), Contains("Not compared: 1 diverged under every seed (C)."));
}

TEST_CASE("what a stop rule cut is not compared, though a run of it may have finished") {
  auto records = synthetic::with_accuracies({{0.80, 0.82}, {0.84, 0.86}});
  records.study.stop_rules = "halving: {}";
  synthetic::end(records, 3, RunStatus::stopped);
  CHECK_THAT(verdict_of(records),
             Contains("All others were stopped early by the stop rule") && !Contains("differs"));
}

TEST_CASE("where lower is better, a lower value favours the variant") {
  const auto records = synthetic::with_accuracies({{0.80, 0.80}, {0.90, 0.91}});
  auto lower = records;
  for (auto& row : lower.selected)
    row.suite.log_loss = 1.0 - row.suite.accuracy + 0.001 * static_cast<double>(row.run_id % 2);
  for (auto& row : lower.selected) row.suite.log_loss *= row.run_id > 2 ? 0.1 : 1.0;
  CHECK_THAT(verdict_of(lower, "test.log_loss"), Contains("by −0.1") && Contains("in favour of B: a hint"));
}

TEST_CASE("one seed gives a difference and no interval") {
  const auto text = verdict_of(synthetic::with_accuracies({{0.80}, {0.82}}));
  CHECK_THAT(text, Contains("over 1 seed, B differs from the baseline A by +0.0200"));
  CHECK_THAT(text, Contains("no interval") && Contains("One seed cannot tell an effect from chance"));
}

TEST_CASE("differences that are all alike give an interval without width, which claims nothing") {
  const auto text = verdict_of(synthetic::with_accuracies({{0.5, 0.75, 0.625}, {0.75, 1.0, 0.875}}));
  CHECK_THAT(text, Contains("+0.2500") && Contains("says nothing of chance") && !Contains("in favour"));
}

TEST_CASE("one variant has nothing to be compared with") {
  CHECK_THAT(verdict_of(synthetic::with_accuracies({{0.80, 0.82}})),
             Contains("One variant, nothing to compare it with: A with test.accuracy 0.8100 ± 0.0141"));
}

TEST_CASE("without a baseline no difference is claimed") {
  auto records = synthetic::with_accuracies({{0.80, 0.82}, {0.84, 0.86}});
  records.variants.front().is_baseline = false;
  const auto text = verdict_of(records);
  CHECK_THAT(text, Contains("No variant is named as the baseline, so no difference is claimed"));
  CHECK_THAT(text, Contains("Best mean: B with") && Contains("worst: A with"));
}

TEST_CASE("a baseline that never finished is said to have no value") {
  auto records = synthetic::with_accuracies({{0.80}, {0.84}, {0.9}});
  synthetic::end(records, 1, RunStatus::diverged);
  CHECK_THAT(verdict_of(records),
             Contains("The baseline A has no value (it diverged under every seed), so no difference") &&
                 Contains("1 of 3 planned runs are not"));
}

TEST_CASE("many variants with few seeds: best, worst, and what the uncorrected intervals hint at") {
  const auto text = verdict_of(synthetic::with_accuracies(
      {{0.800, 0.800, 0.800}, {0.850, 0.851, 0.852}, {0.79, 0.80, 0.82}, {0.700, 0.701, 0.702}}));
  CHECK_THAT(text, Contains("Too little data: 3 variants are compared with the baseline A") &&
                       Contains("Holm: 3 with too few seeds to say."));
  CHECK_THAT(text, Contains("Best against it, and chosen by validation: B, +0.0510") &&
                       Contains("Worst: D, −0.0990"));
  CHECK_THAT(text,
             Contains("corrected for 3 comparisons, below 0.75") && Contains("7 seeds could reach 0.05"));
  CHECK_THAT(text, Contains("Uncorrected, 2 of 3 intervals at 95 % exclude 0: hints"));
}

TEST_CASE("a change of time that single runs show as well is said to be no more than that") {
  auto records = synthetic::with_accuracies({{0.80, 0.81}, {0.82, 0.84}});
  const auto take = [&](std::initializer_list<double> seconds) {
    for (auto& row : records.epochs) row.train_seconds = 0.0;
    for (auto& row : records.epochs) {
      if (row.epoch == 1) row.train_seconds = *(seconds.begin() + row.run_id - 1);
    }
    return verdict_of(records);
  };
  CHECK_THAT(take({10, 14, 13, 15}), Contains("+16.7 % (12 s to 14 s), no more than single runs differ."));
  CHECK_THAT(take({10, 11, 13, 15}), Contains("+33.3 % (10.5 s to 14 s)."));
}

TEST_CASE("costs are told from the baseline on, seconds only where they compare") {
  auto records = synthetic::with_accuracies({{0.80, 0.81}, {0.82, 0.84}});
  records.variants[1].parameters = 100'000;
  records.variants[1].flops_per_sample = records.variants[0].flops_per_sample;
  CHECK_THAT(verdict_of(records),
             Contains("Cost of B: parameters −50.0 % (200,000 to 100,000), FLOPs per "
                      "sample unchanged (1,200,000), training time unchanged (10.6 s)."));
  records.machines.push_back(records.machines.front());
  CHECK_THAT(verdict_of(records), !Contains("training time"));
}

TEST_CASE("what validation would choose is told, and priced, where it is not the best") {
  auto records = synthetic::with_accuracies({{0.80, 0.80, 0.80}, {0.83, 0.84, 0.85}, {0.81, 0.82, 0.81}});
  for (auto& row : records.selected) {
    if (row.split == SplitName::validation && row.run_id > 6) row.suite.accuracy = 0.9;
  }
  CHECK_THAT(verdict_of(records), Contains("Best against it: B, +0.0400") &&
                                      Contains("Chosen by validation: C, +0.0133") &&
                                      Contains("Cost of C: parameters +15.3 %"));
  for (auto& row : records.selected) {
    if (row.split == SplitName::validation) row.suite.accuracy = row.run_id > 3 ? 0.5 : 0.9;
  }
  CHECK_THAT(verdict_of(records), Contains("Chosen by validation: the baseline A. "));
}

TEST_CASE("many variants with enough seeds are counted by what was found") {
  // eight seeds, differences by hand: C's alternate, so p is 1; B's and D's have one sign: 2/256, Holm's
  // 6/256
  std::vector<std::vector<double>> rows(4, std::vector<double>(8, 0.8));
  for (std::size_t seed = 0; seed < 8; ++seed) {
    rows[1][seed] += 0.02 + 0.001 * static_cast<double>(seed);
    rows[2][seed] += seed % 2 ? 0.01 : -0.01;
    rows[3][seed] -= 0.03 + 0.001 * static_cast<double>(seed);
  }
  const auto text = verdict_of(synthetic::with_accuracies(rows));
  CHECK_THAT(text, Contains("1 better, 1 worse, 1 without an effect that was found.") &&
                       Contains("over 8 seeds, Holm p 0.0234") && !Contains("Too little"));
  CHECK_THAT(text, Contains("Cost of B: parameters +7.7 %"));
}

TEST_CASE("seeds that are not shared are left out, and the verdict says so") {
  auto records = synthetic::with_accuracies({{0.80, 0.81, 0.82}, {0.82, 0.84, 0.85}});
  synthetic::end(records, 2, RunStatus::failed, "disk full");
  const auto text = verdict_of(records);
  CHECK_THAT(text, Contains("over 2 seeds"));
  CHECK_THAT(text, Contains("only the seeds that both finished") &&
                       Contains("1 of 6 planned runs are not in these numbers"));
}

TEST_CASE("no finished run, or no value: no verdict") {
  auto records = synthetic::with_accuracies({{0.80}, {0.81}});
  auto nothing = records;
  for (auto& row : nothing.selected) row.suite = MetricSuite{};
  CHECK_THAT(verdict_of(nothing),
             Contains("No verdict: none of the 2 finished runs has a value of test.accuracy."));
  for (const std::int64_t run : {1, 2}) synthetic::end(records, run, RunStatus::failed);
  CHECK_THAT(verdict_of(records), Contains("No verdict: none of the 2 planned runs is finished."));
}

TEST_CASE("leaked numbers are called no evidence") {
  auto records = synthetic::with_accuracies({{0.80, 0.81}, {0.82, 0.84}});
  records.leaks.push_back({1, {"trained_on_test", "trained on the test images", 4000}});
  CHECK_THAT(verdict_of(records), Catch::StartsWith("Leaked: test images leaked into these runs"));
}
