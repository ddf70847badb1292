#include "ablate/report/verdict.hpp"

#include <catch2/catch.hpp>

#include "ablate/report/collect.hpp"

#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// A study whose test accuracies are the given ones: variants in rows, seeds 1, 2, ... in columns.
StudyRecords with_accuracies(const std::vector<std::vector<double>>& accuracies) {
  synthetic::Shape shape;
  shape.variants.clear();
  for (std::size_t i = 0; i < accuracies.size(); ++i)
    shape.variants.push_back(std::string(1, static_cast<char>('A' + i)));
  shape.seeds = static_cast<int>(accuracies.front().size());
  auto records = synthetic::records(shape);
  for (auto& row : records.selected) {
    const auto run = static_cast<std::size_t>(row.run_id - 1);
    const auto seeds = static_cast<std::size_t>(shape.seeds);
    row.suite.accuracy = accuracies[run / seeds][run % seeds];
  }
  return records;
}

std::string verdict_of(const StudyRecords& records, const std::string& primary = "test.accuracy") {
  return verdict(compare(records, {{}, primary, 0.95}));
}

}  // namespace

// The intervals below: mean ± t(n - 1, 0.975) sd / sqrt(n), with t(2) = 4.302653 and t(5) = 2.570582 from a
// printed table.

TEST_CASE("a clear effect is named with n, difference and interval") {
  const auto text = verdict_of(
      with_accuracies({{0.80, 0.81, 0.79, 0.80, 0.82, 0.80}, {0.82, 0.84, 0.80, 0.82, 0.85, 0.82}}));
  // differences 0.02 0.03 0.01 0.02 0.03 0.02: mean 0.0217, sd 0.00753, half width 0.0079
  CHECK(text ==
        "Over 6 seeds, B differs from the baseline A by +0.0217 in test.accuracy (95 % interval +0.0138 to "
        "+0.0296, paired "
        "by seed). The interval excludes 0, in favour of the variant.");
}

TEST_CASE("too little data says what it cannot say, and prints no star") {
  const auto text = verdict_of(with_accuracies({{0.80, 0.80, 0.80}, {0.81, 0.82, 0.83}}));
  CHECK_THAT(text, Contains("+0.0200 in test.accuracy (95 % interval −0.0048 to +0.0448"));
  CHECK_THAT(text, Contains("The interval includes 0: these data cannot say"));
  CHECK_THAT(text, Contains("3 pairs are few: an exact two-sided test on them cannot give a p below 0.25."));
  CHECK_THAT(text, !Contains("*"));
}

TEST_CASE("where lower is better, a lower value favours the variant") {
  const auto records = with_accuracies({{0.80, 0.80}, {0.90, 0.91}});
  auto lower = records;
  for (auto& row : lower.selected)
    row.suite.log_loss = 1.0 - row.suite.accuracy + 0.001 * static_cast<double>(row.run_id % 2);
  for (auto& row : lower.selected) row.suite.log_loss *= row.run_id > 2 ? 0.1 : 1.0;
  CHECK_THAT(verdict_of(lower, "test.log_loss"), Contains("by −0.1") && Contains("in favour of the variant"));
}

TEST_CASE("one seed gives a difference and no interval") {
  const auto text = verdict_of(with_accuracies({{0.80}, {0.82}}));
  CHECK_THAT(text, Contains("Over 1 seed, B differs from the baseline A by +0.0200"));
  CHECK_THAT(text, Contains("no interval") && Contains("One seed cannot tell an effect from chance"));
}

TEST_CASE("differences that are all alike give an interval without width, which claims nothing") {
  const auto text = verdict_of(with_accuracies({{0.5, 0.75, 0.625}, {0.75, 1.0, 0.875}}));
  CHECK_THAT(text, Contains("+0.2500") && Contains("says nothing of chance") && !Contains("in favour"));
}

TEST_CASE("one variant has nothing to be compared with") {
  CHECK_THAT(verdict_of(with_accuracies({{0.80, 0.82}})),
             Contains("One variant, nothing to compare it with: A with test.accuracy 0.8100 ± 0.0141"));
}

TEST_CASE("without a baseline no difference is claimed") {
  auto records = with_accuracies({{0.80, 0.82}, {0.84, 0.86}});
  records.variants.front().is_baseline = false;
  const auto text = verdict_of(records);
  CHECK_THAT(text, Contains("No variant is named as the baseline, so no difference is claimed"));
  CHECK_THAT(text, Contains("Best mean: B with") && Contains("worst: A with"));
}

TEST_CASE("a baseline that never finished is said to have no value") {
  auto records = with_accuracies({{0.80}, {0.84}, {0.9}});
  synthetic::end(records, 1, RunStatus::diverged);
  CHECK_THAT(verdict_of(records),
             Contains("The baseline A has no value") && Contains("1 of 3 planned runs are not"));
}

TEST_CASE("many variants: best, worst, and how many intervals exclude 0 before correction") {
  const auto text = verdict_of(with_accuracies(
      {{0.800, 0.800, 0.800}, {0.850, 0.851, 0.852}, {0.79, 0.80, 0.82}, {0.700, 0.701, 0.702}}));
  CHECK_THAT(text, Contains("3 variants are compared with the baseline A"));
  CHECK_THAT(text, Contains("Best against it: B, +0.0510") && Contains("Worst: D, −0.0990"));
  CHECK_THAT(text, Contains("Of 3 intervals at 95 %") &&
                       Contains("1 in favour of the variant, 1 in favour of the baseline."));
}

TEST_CASE("seeds that are not shared are left out, and the verdict says so") {
  auto records = with_accuracies({{0.80, 0.81, 0.82}, {0.82, 0.84, 0.85}});
  synthetic::end(records, 2, RunStatus::failed, "disk full");
  const auto text = verdict_of(records);
  CHECK_THAT(text, Contains("Over 2 seeds"));
  CHECK_THAT(text, Contains("only the seeds that both finished") &&
                       Contains("1 of 6 planned runs are not in these numbers"));
}

TEST_CASE("no finished run, or no value: no verdict") {
  auto records = with_accuracies({{0.80}, {0.81}});
  auto nothing = records;
  for (auto& row : nothing.selected) row.suite = MetricSuite{};
  CHECK_THAT(verdict_of(nothing),
             Contains("No verdict: none of the 2 finished runs has a value of test.accuracy."));
  for (const std::int64_t run : {1, 2}) synthetic::end(records, run, RunStatus::diverged);
  CHECK_THAT(verdict_of(records), Contains("No verdict: none of the 2 planned runs is finished."));
}

TEST_CASE("leaked numbers are called no evidence") {
  auto records = with_accuracies({{0.80, 0.81}, {0.82, 0.84}});
  records.leaks.push_back({1, {"trained_on_test", "trained on the test images", 4000}});
  CHECK_THAT(verdict_of(records), Contains("The test images leaked"));
}
