#include "report/pair/pair.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "report/pair/pair_tables.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

const std::vector<double> six = {0.80, 0.81, 0.79, 0.80, 0.82, 0.80};

PairComparison pair_of(const std::vector<double>& first, const std::vector<double>& second) {
  return compare_pair(synthetic::with_accuracies({first, second}), {});
}

std::string notes_of(const PairComparison& compared) {
  return fmt::format("{}", fmt::join(compared.notes, " "));
}

/// All that a person reads of it.
std::string page_of(const PairComparison& compared) {
  std::string page = compared.verdict + notes_of(compared);
  for (const Table& table : {pair_costs(compared), pair_seeds(compared), pair_difference_table(compared),
                             pair_metrics_table(compared)})
    page += render(table, Format::table);
  return page;
}

const MetricPair& metric(const PairComparison& compared, std::string_view name) {
  return compared.metrics.at(static_cast<std::size_t>(&find_metric(name) - metric_table().data()));
}

/// Run 4 is the first of the second variant's three.
StudyRecords three_seeds() { return synthetic::with_accuracies({{0.80, 0.81, 0.79}, {0.82, 0.85, 0.80}}); }

}  // namespace

TEST_CASE("compare tells which of two named variants is better, and calls neither the baseline") {
  const PairComparison compared = pair_of(six, {0.82, 0.84, 0.80, 0.82, 0.85, 0.82});
  // differences 0.02 0.03 0.01 0.02 0.03 0.02: of six, the interval spans the least to the greatest; p 2/64
  CHECK_THAT(
      compared.verdict,
      Contains(
          "B is better than A: +0.0217 in test.accuracy over 6 seeds. Effect (6 seeds, 95% interval): A → B +0.0217 (+0.0100 to "
          "+0.0300) better. Price of B instead of A: parameters +7.7%") &&
          !Contains("baseline"));
  CHECK(compared.primary.paired.permutation_p == 2.0 / 64);
  CHECK(compared.primary.probability_of_improvement ==
        Approx(31.0 / 36));  // by hand: of 36, 28 higher and 6 ties
  CHECK_THAT(notes_of(compared),
             Contains("The verdict rests on the sign-flip test") && !Contains("Student's t, which"));
}

TEST_CASE("compare says what six seeds cannot say, and never that there is no effect") {
  const PairComparison compared = pair_of(six, {0.81, 0.80, 0.80, 0.79, 0.83, 0.79});
  CHECK_THAT(compared.verdict, Contains("6 seeds cannot say whether B is better or worse than A") &&
                                   Contains("0.0000 (−0.0100 to +0.0100)") && !Contains("No effect"));
}

TEST_CASE("compare over three seeds says that Student's t judges, and why") {
  const PairComparison compared = pair_of({0.80, 0.80, 0.80}, {0.82, 0.821, 0.822});
  CHECK_THAT(compared.verdict,
             Contains("over 3 seeds") && Contains("3 seeds: intervals assume normal errors"));
  CHECK_THAT(notes_of(compared),
             Contains("3 pairs cannot give an exact two-sided p below 2/2^3 = 0.25, whatever the "
                      "difference; 6 seeds could reach 0.05."));
  CHECK_THAT(
      notes_of(compared),
      Contains("The verdict rests on Student's t, which assumes normal errors: fewer than 6 seeds allow "
               "no exact test.") &&
          !Contains("rests on the sign-flip"));
  CHECK_THAT(page_of(compared), !Contains("*"));
}

TEST_CASE("a pair that was looked at before says that its verdict rests on e-values") {
  StudyRecords pair = synthetic::with_accuracies({{0.80, 0.80, 0.80, 0.80}, {0.82, 0.821, 0.822, 0.82}});
  pair.looks.push_back({.looked_at = "2026-11-26T10:00:00Z", .command = "compare", .seeds = 3});
  const std::string notes = notes_of(compare_pair(pair, {}));
  CHECK_THAT(notes, Contains("The verdict rests on e-values, which hold at any number of looks.") &&
                        !Contains("rests on Student's t"));
}

TEST_CASE("a single seed gives a difference, no interval and no p") {
  const PairComparison compared = pair_of({0.80}, {0.82});
  CHECK_THAT(compared.verdict, Contains("1 seed cannot say whether B is better"));
  CHECK_THAT(notes_of(compared), Contains("No p: of a single pair every exact p is 1."));
  const std::string table = render(pair_difference_table(compared), Format::csv);
  CHECK_THAT(table, Contains("mean difference,+0.0200\n") &&
                        Contains("t interval,– (a single pair has no spread)\n") &&
                        Contains("p of sign flips,– (of a single pair every exact p is 1)\n"));
  CHECK(std::isnan(metric(compared, "accuracy").holm_p));
  CHECK_THAT(render(pair_metrics_table(compared), Format::csv),
             Contains("accuracy,0.8000,0.8200,+0.0200,–,–,–\n"));
}

TEST_CASE("the same difference under every seed has exact tests and no t test") {
  const PairComparison compared = pair_of({0.5, 0.75, 0.625}, {0.75, 1.0, 0.875});
  CHECK_THAT(compared.verdict, Contains("3 seeds cannot say whether B is better"));
  CHECK_THAT(notes_of(compared), Contains("The verdict rests on no test: "));
  CHECK_THAT(render(pair_difference_table(compared), Format::csv),
             Contains("paired t,– (the differences are all alike)") && Contains("p of sign flips,0.25\n"));
}

TEST_CASE("variants without a seed in common have means and no difference") {
  StudyRecords pair = three_seeds();
  for (RunRecord& run : pair.runs) run.seed += run.variant_id == 2 ? 10 : 0;
  const PairComparison compared = compare_pair(pair, {});
  CHECK_THAT(compared.verdict,
             Contains("No verdict: no seed is shared (A has seeds 1-3, B has seeds 11-13)") &&
                 Contains("A 0.8000 ± 0.0100 (3 seeds); B 0.8233 ± 0.0252 (3 seeds)"));
  CHECK_THAT(render(pair_metrics_table(compared), Format::csv),
             Contains("accuracy,0.8000 ± 0.0100,0.8233 ± 0.0252,–,–,–,–\n"));
  CHECK_THAT(render(pair_seeds(compared), Format::csv),
             Contains("1,0.8,,,\"A: done, B: no such run\"\n") &&
                 Contains("13,,0.8,,\"A: no such run, B: done\"\n"));
}

TEST_CASE("only seeds that both finished are compared, and the others are named with the reason") {
  StudyRecords pair = three_seeds();
  synthetic::end(pair, 4, RunStatus::diverged);
  synthetic::end(pair, 3, RunStatus::running);
  const PairComparison one = compare_pair(pair, {});
  CHECK(one.primary.seeds.seeds == std::vector<std::int64_t>{2});
  CHECK(one.primary.first.mean == 0.81);
  CHECK_THAT(notes_of(one),
             Contains("Left out, for want of a value on both sides: seed 1 (B is diverged), seed "
                      "3 (A is running)."));
  synthetic::end(pair, 5, RunStatus::diverged);
  synthetic::end(pair, 6, RunStatus::diverged);
  CHECK_THAT(
      compare_pair(pair, {}).verdict,
      Contains("there is no seed in which both have a value of test.accuracy (A: 2 done, 1 running; B: 3 "
               "diverged)"));
}

TEST_CASE("runs that were judged by different images have no difference and no p") {
  StudyRecords pair = three_seeds();
  DatasetRecord other = pair.datasets.back();
  other.id = 3, other.name = "emnist", other.sha256 = std::string(64, 'c');
  pair.datasets.push_back(other);
  for (RunRecord& run : pair.runs) {
    if (run.variant_id == 2) run.origin.test_dataset_id = 3;
  }
  const PairComparison compared = compare_pair(pair, {});
  CHECK_THAT(compared.verdict,
             Contains("No verdict: they were judged by different images (A: glyphs, 4000 images, SHA-256 "
                      "bbbbbbbbbbbbbbbb; B: emnist, 4000 images, SHA-256 cccccccccccccccc). No difference"));
  CHECK(std::isnan(compared.primary.paired.permutation_p));
  CHECK(compared.primary.second.n == 3);
  CHECK_THAT(render(pair_seeds(compared), Format::csv), Contains(",different images\n") && !Contains("done"));
  CHECK_FALSE(look_at(compared.comparison, "compare"));
  // Their training images are the same, and so are those of validation.
  CHECK_THAT(compare_pair(pair, {.metric = "validation.accuracy"}).verdict, Contains("A → B +0.0233"));
}

TEST_CASE("runs that were trained on different images are compared on test, and it is said") {
  StudyRecords pair = three_seeds();
  DatasetRecord other = pair.datasets.front();
  other.id = 3, other.sha256 = std::string(64, 'c');
  pair.datasets.push_back(other);
  for (RunRecord& run : pair.runs) {
    if (run.variant_id == 2) run.origin.train_dataset_id = 3;
  }
  CHECK_THAT(notes_of(compare_pair(pair, {})), Contains("They were trained on different images"));
  CHECK_THAT(compare_pair(pair, {.metric = "validation.accuracy"}).verdict, Contains("different images"));
}

TEST_CASE("what a stop rule cut is not compared, on whichever side it stands") {
  for (const std::int64_t run : {1, 4}) {
    StudyRecords pair = three_seeds();
    synthetic::end(pair, run, RunStatus::stopped);
    const PairComparison compared = compare_pair(pair, {});
    CHECK_THAT(compared.verdict, Contains("was cut by a stop rule"));
    CHECK(compared.primary.paired.summary.n == 0);
    CHECK_FALSE(look_at(compared.comparison, "compare"));
  }
}

TEST_CASE("p is corrected by Holm over the metrics that have one") {
  const PairComparison compared = pair_of(six, {0.82, 0.84, 0.80, 0.82, 0.85, 0.82});
  const auto with_p = std::count_if(compared.metrics.begin(), compared.metrics.end(),
                                    [](const MetricPair& pair) { return pair.has_p(); });
  CHECK(with_p == 7);  // the synthetic study has no others
  CHECK(metric(compared, "accuracy").holm_p == Approx(7 * 2.0 / 64));
  CHECK(std::isnan(metric(compared, "mcc").holm_p));
}

TEST_CASE("where lower is better, a lower value is what does better") {
  StudyRecords pair = three_seeds();
  for (SplitMetrics& row : pair.selected) row.suite.log_loss = row.run_id > 3 ? 0.5 : 0.7;
  const PairComparison compared = compare_pair(pair, {.metric = "test.log_loss"});
  CHECK(compared.primary.probability_of_improvement == 1.0);
  CHECK(compared.primary.cliffs_delta == -1.0);
}

TEST_CASE("numbers of a side that leaked carry a dagger, and it is said what that means") {
  StudyRecords pair = three_seeds();
  pair.leaks.push_back({5, {"trained_on_test", "every test image was trained on", 4000}});
  const PairComparison compared = compare_pair(pair, {});
  CHECK(pair_seeds(compared).columns[1].name == "A");
  CHECK(pair_seeds(compared).columns[2].name == "B †");
  CHECK(pair_metrics_table(compared).columns[2].name == "B †");
  CHECK(pair_curves(compared)[1].name == "B †");
  CHECK_THAT(compared.verdict, Contains("Leaked: "));
  CHECK_THAT(notes_of(compared), Contains("† Leaked: not evidence"));
  CHECK(pair_metrics_table(compare_pair(pair, {.split = SplitName::validation})).columns[2].name == "B");
}

TEST_CASE("the curves are means over the finished runs, in text and for files") {
  const PairComparison compared = compare_pair(three_seeds(), {.metric = "validation.accuracy"});
  const auto curves = pair_curves(compared);
  const Table data = pair_curve_data(compared);
  REQUIRE(data.rows.size() == 4);
  REQUIRE(curves[0].points.size() == 4);
  CHECK(std::get<double>(data.rows[2][1]) == curves[0].points[2].second);
  CHECK(std::get<double>(data.rows[2][3]) == curves[1].points[2].second);
  CHECK(data.rows[2][2] == Value(std::int64_t{3}));
}

TEST_CASE("a metric that is none and a confidence that is none are refused") {
  CHECK_THROWS_WITH(compare_pair(three_seeds(), {.metric = "test.acuracy"}), Contains("accuracy"));
  CHECK_THROWS_AS(compare_pair(three_seeds(), {.confidence = 1.5}), RequestError);
}
