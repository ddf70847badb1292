#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "report/collect.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"

using namespace ablate;

TEST_CASE("runs are counted by how they stand") {
  auto records = synthetic::records();
  const RunStatus ends[] = {RunStatus::diverged, RunStatus::failed, RunStatus::interrupted,
                            RunStatus::running, RunStatus::planned};
  for (std::int64_t run = 1; run <= 5; ++run) synthetic::end(records, run, ends[run - 1]);
  const auto counts = compare(records, {}).counts;
  CHECK(counts.planned == 6);
  CHECK(counts.done == 1);
  CHECK(counts.diverged == 1);
  CHECK(counts.failed == 1);
  CHECK(counts.interrupted == 1);
  CHECK(counts.running == 1);
  CHECK(counts.missing == 1);
}

TEST_CASE("means are over finished runs, seed by seed against the baseline") {
  auto records = synthetic::records();
  for (auto& row : records.selected)
    row.suite.accuracy = row.run_id <= 3 ? 0.5 : 0.5 + 0.01 * static_cast<double>(row.run_id - 3);
  const auto comparison = compare(records, {});
  const auto& skip = comparison.variants[1];
  CHECK(primary(comparison, skip).n == 3);
  CHECK(primary(comparison, skip).mean == Approx(0.52));
  REQUIRE(skip.difference);
  CHECK(skip.difference->seeds == std::vector<std::int64_t>{1, 2, 3});
  CHECK(skip.difference->paired.summary.mean == Approx(0.02));
  CHECK(skip.difference->paired.summary.standard_deviation == Approx(0.01));
  // t(2, 0.975) = 4.302653 from a printed table: 4.302653 * 0.01 / sqrt(3)
  CHECK(skip.difference->paired.interval.high - 0.02 == Approx(0.0248414).epsilon(1e-5));
  CHECK_FALSE(comparison.variants[0].difference);
}

TEST_CASE("only common seeds are paired") {
  auto records = synthetic::records();
  synthetic::end(records, 1, RunStatus::failed);    // baseline, seed 1
  synthetic::end(records, 6, RunStatus::diverged);  // skip, seed 3
  const auto comparison = compare(records, {});
  REQUIRE(comparison.variants[1].difference);
  CHECK(comparison.variants[1].difference->seeds == std::vector<std::int64_t>{2});
  CHECK_FALSE(comparison.variants[1].difference->has_interval());
  synthetic::end(records, 2, RunStatus::failed);
  CHECK_FALSE(compare(records, {}).variants[1].difference);
}

TEST_CASE("a value that is not a number is left out, and n tells") {
  auto records = synthetic::records();
  for (auto& row : records.selected) {
    if (row.run_id == 4) row.suite.accuracy = std::numeric_limits<double>::quiet_NaN();
  }
  const auto comparison = compare(records, {});
  CHECK(primary(comparison, comparison.variants[1]).n == 2);
  CHECK(comparison.variants[1].difference->seeds == std::vector<std::int64_t>{2, 3});
}

TEST_CASE("training time is a run's epochs added up") {
  const auto comparison = compare(synthetic::records(), {});
  CHECK(comparison.variants[0].train_seconds.n == 3);
  CHECK(comparison.variants[0].train_seconds.mean == Approx(4 * 2.7));
}

TEST_CASE("curves end where the runs ended, with n an epoch") {
  auto records = synthetic::records();
  std::erase_if(records.curves, [](const auto& row) { return row.run_id == 1 && row.epoch > 2; });
  const auto comparison = compare(records, {});
  const auto& points = curve(comparison.variants[0], SplitName::test);
  REQUIRE(points.size() == 4);
  CHECK(points[1].metrics[0].n == 3);
  CHECK(points[2].metrics[0].n == 2);
}

TEST_CASE("the best is chosen by validation, and by nothing where there is none") {
  auto records = synthetic::records();
  for (auto& row : records.selected) {
    const bool skip = row.run_id > 3;
    row.suite.accuracy = row.split == SplitName::validation ? (skip ? 0.7 : 0.8) : (skip ? 0.9 : 0.8);
  }
  CHECK(best_by_validation(compare(records, {}))->name == "no skip");
  std::erase_if(records.selected, [](const auto& row) { return row.split == SplitName::validation; });
  CHECK(best_by_validation(compare(records, {})) == nullptr);
}

TEST_CASE("equal leaks are told once, and only the runs that have them are marked") {
  auto records = synthetic::records();
  for (const std::int64_t run : {4, 5})
    records.leaks.push_back({run, {"trained_on_test", "trained on test", 4000}});
  const auto comparison = compare(records, {});
  CHECK(comparison.leaks.size() == 1);
  CHECK_FALSE(comparison.variants[0].leaked);
  CHECK(comparison.variants[1].leaked);
  CHECK(section_of(comparison, "leak").evidence->runs == std::vector<std::int64_t>{4, 5});
}

TEST_CASE("a primary metric that is none is refused with the nearest") {
  const auto records = synthetic::records();
  CHECK_THROWS_AS(compare(records, {{}, "accuracy", 0.95}), RequestError);
  CHECK_THROWS_WITH(compare(records, {{}, "tset.accuracy", 0.95}), Catch::Contains("'test'"));
  CHECK_THROWS_WITH(compare(records, {{}, "test.acuracy", 0.95}), Catch::Contains("accuracy"));
  CHECK_THROWS_AS(compare(records, {{}, "test.accuracy", 1.0}), RequestError);
}
