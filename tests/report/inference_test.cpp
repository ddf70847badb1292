#include "report/inference.hpp"

#include <catch2/catch.hpp>

#include "report/collect.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"
#include "report/verdict.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

std::string text(const Value& value) { return to_string(value); }

std::string all(const std::vector<std::string>& sentences) {
  std::string joined;
  for (const auto& sentence : sentences) joined += sentence + "\n";
  return joined;
}

std::string cell(const Table& table, std::size_t row, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == column) return text(table.rows.at(row).at(i));
  }
  FAIL("no column " << column);
  return {};
}

std::vector<std::string> notes(const char* section, const Comparison& comparison) {
  return section_of(comparison, section).notes;
}

/// A 2 x 2 factorial: value = 0.5 + 0.1 skip + 0.2 wide + 0.04 both + 0.01 seed, without noise but for the
/// seed's.
StudyRecords crossed(int seeds) {
  std::vector<std::vector<double>> rows;
  for (const double mean : {0.5, 0.6, 0.7, 0.84}) {
    std::vector<double> row;
    for (int seed = 1; seed <= seeds; ++seed) row.push_back(mean + 0.01 * seed);
    rows.push_back(row);
  }
  return synthetic::with_accuracies(rows);  // factors: skip alternates, width changes every second variant
}

StudyRecords without_factors(StudyRecords records) {
  for (VariantRecord& variant : records.variants) variant.factors.clear();
  return records;
}

}  // namespace

TEST_CASE("p is corrected over the rows that have one, and a single pair has none") {
  auto records = synthetic::with_accuracies({{0.80, 0.80, 0.80, 0.80},
                                             {0.81, 0.82, 0.83, 0.84},
                                             {0.79, 0.81, 0.80, 0.82},
                                             {0.90, 0.91, 0.92, 0.93}});
  for (const std::int64_t run : {13, 14, 15}) synthetic::end(records, run, RunStatus::diverged);
  const auto comparison = compare(records, {});
  CHECK(comparison.family == 2);
  // Four seeds allow no exact test: t with 3 degrees of freedom (Abramowitz and Stegun 26.7.3), times two rows.
  // B: mean 0.025, sd 0.01291, t 3.873. C: -0.01 +0.01 0 +0.02, t 0.7746.
  const Member& b = comparison.variants[1].difference->member;
  CHECK(b.judged == Judged::by_t);
  CHECK(b.p == Approx(2 * 0.0304660).epsilon(1e-5));
  CHECK(comparison.variants[2].difference->member.p == Approx(2 * 0.4950253).epsilon(1e-5));
  const Table page = page_table(comparison, "comparison");
  CHECK(cell(page, 1, "p") == "0.0609");
  CHECK(b.interval.low < 0.0);  // so that the printed interval agrees with a p above 0.05
  CHECK(cell(page, 0, "p") == "–");
  CHECK(cell(page, 3, "p") == "–");
  const Table file = file_table(comparison, "comparison");
  CHECK(cell(file, 1, "difference_judged") == "t");
  CHECK(cell(file, 1, "difference_t_p") == to_string(Value(comparison.variants[1].difference->paired.t_p)));
  CHECK(cell(file, 1, "difference_probability_of_improvement") == "1");
  CHECK(cell(file, 1, "difference_cliffs_delta") == "1");
  CHECK(cell(file, 3, "difference_n") == "1");
  for (const char* column : {"difference_p", "difference_low", "difference_t_p"})
    CHECK(cell(file, 3, column).empty());
}

TEST_CASE("the effect size is d_z with Hedges' correction") {
  const auto comparison = compare(synthetic::with_accuracies({{0.80, 0.80, 0.80}, {0.81, 0.82, 0.83}}), {});
  // d_z 2; J(2) = Gamma(1) / (sqrt(1) Gamma(1/2)) = 1 / sqrt(pi) = 0.5642
  const auto file = file_table(comparison, "comparison");
  CHECK(std::stod(cell(file, 1, "difference_dz_hedges")) == Approx(1.1284).epsilon(1e-4));
}

TEST_CASE("the table's interval and p are one procedure, and a note names it") {
  const auto few = all(notes(
      "comparison",
      compare(synthetic::with_accuracies({{0.80, 0.80, 0.80}, {0.81, 0.82, 0.83}, {0.82, 0.82, 0.84}}), {})));
  CHECK_THAT(few, Contains("assumes normal errors") && Contains("corrected for 2 comparisons"));
  CHECK_THAT(all(notes("comparison", compare(synthetic::with_accuracies({{0.80}, {0.81}}), {}))),
             Contains("they need two seeds at least"));
  const auto comparison =
      compare(synthetic::with_accuracies({std::vector<double>(6, 0.8), {.81, .82, .83, .84, .85, .86}}), {});
  CHECK_THAT(all(notes("comparison", comparison)), Contains("max-T"));
  CHECK(comparison.variants[1].difference->member.p == 2.0 / 64);
  CHECK(comparison.variants[1].difference->member.interval.low == Approx(0.01));
}

TEST_CASE("bootstrap intervals stand in the file from 25 pairs on") {
  for (const std::size_t seeds : {std::size_t{24}, std::size_t{25}}) {
    std::vector<double> base, other;
    for (std::size_t i = 0; i < seeds; ++i) {
      base.push_back(0.8);
      other.push_back(0.81 + 0.001 * static_cast<double>(i % 7));
    }
    const auto file = file_table(compare(synthetic::with_accuracies({base, other}), {}), "comparison");
    CHECK(cell(file, 1, "difference_bca_low").empty() == (seeds < 25));
  }
}

TEST_CASE("so many pairs can give so small a p") {
  CHECK(smallest_corrected_p(3, 1) == 0.25);
  CHECK(smallest_corrected_p(1, 5) == 1.0);
  CHECK(pairs_needed(1, 0.95) == 6);
  CHECK(smallest_corrected_p(21, 10) == Approx(1e-4));  // drawn signs: 1 of 100,000
  CHECK(pairs_needed(1'000'000, 0.95) == 20);
}

TEST_CASE("unequal seeds: only the common ones are compared, and a note says which") {
  auto records =
      synthetic::with_accuracies({{0.80, 0.81, 0.82, 0.83}, {0.81, 0.83, 0.83, 0.86}, {0.8, 0.8, 0.8, 0.8}});
  synthetic::end(records, 2, RunStatus::failed);    // the baseline's second seed
  synthetic::end(records, 8, RunStatus::diverged);  // B's fourth
  for (const std::int64_t run : {9, 10, 11, 12}) synthetic::end(records, run, RunStatus::diverged);
  const auto comparison = compare(records, {});
  CHECK(comparison.variants[1].difference->seeds == std::vector<std::int64_t>{1, 3});
  CHECK(comparison.variants[1].difference->left_out == std::vector<std::int64_t>{2, 4});
  CHECK_THAT(all(notes("comparison", comparison)),
             Contains("B: compared over seeds 1, 3 alone; in seeds 2, 4 it or the baseline has no value.") &&
                 Contains("for which both it and the baseline have a value: C."));
}

TEST_CASE("factors that were crossed have main effects, an interaction and shares of variance") {
  const auto comparison = compare(crossed(3), {});
  REQUIRE(comparison.factor_analysis);
  const Table effects = page_table(comparison, "factor-effects");
  REQUIRE(effects.rows.size() == 3);
  // skip: (0.1 + 0.14) / 2; width: (0.2 + 0.24) / 2; both: 0.04
  CHECK(text(effects.rows[0][1]) == "none → projection");
  CHECK_THAT(text(effects.rows[0][4]), Contains("+0.1200"));
  CHECK(text(effects.rows[1][1]) == "64 → 128");
  CHECK_THAT(text(effects.rows[1][4]), Contains("+0.2200"));
  CHECK(text(effects.rows[2][0]) == "skip × hidden");
  CHECK_THAT(text(effects.rows[2][4]), Contains("+0.0400"));
  // 3 * (0.12^2, 0.22^2, 0.02^2), 4 * 0.0002 for seeds: of a total of 0.1904 (by hand)
  const Table shares = page_table(comparison, "variance");
  REQUIRE(shares.rows.size() == 5);
  CHECK(text(shares.rows[0][2]) == "22.7%");
  CHECK(text(shares.rows[1][2]) == "76.3%");
  CHECK(text(shares.rows[2][2]) == "0.6%");
  CHECK(text(shares.rows[3][2]) == "0.4%");
  CHECK_THAT(all(notes("factors", comparison)), Contains("Interaction (×)") && Contains("12 runs"));
}

TEST_CASE("a diverged run costs its seed no effect but the one that has nothing else") {
  auto records = crossed(4);
  synthetic::end(records, 16, RunStatus::diverged);
  const auto comparison = compare(records, {});
  CHECK(comparison.factor_analysis->main[0].left_out.empty());
  CHECK(comparison.factor_analysis->main[0].difference.summary.n == 4);
  CHECK(comparison.factor_analysis->interactions[0].left_out == std::vector<std::int64_t>{4});
  CHECK_THAT(all(notes("factors", comparison)),
             Contains("Left out of some rows, without a value on both sides: seed 4.") &&
                 Contains("1 run without a value is no part of it"));
}

TEST_CASE("of many interactions the largest are shown, and the notes say of how many") {
  // seven levels of one factor, five of the other: 24 interactions
  std::vector<std::vector<double>> rows;
  for (int i = 0; i < 35; ++i) rows.push_back({0.5 + 0.01 * (i * i % 11), 0.5 + 0.01 * (i * i % 13)});
  auto records = synthetic::with_accuracies(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    records.variants[i].factors[0].value = static_cast<std::int64_t>(i % 7);
    records.variants[i].factors[1].value = static_cast<std::int64_t>(i / 7);
  }
  const auto comparison = compare(records, {});
  CHECK(page_table(comparison, "factor-effects").rows.size() == 6 + 4 + 20);
  CHECK(file_table(comparison, "factors").rows.size() == 6 + 4 + 24);
  CHECK_THAT(all(notes("factors", comparison)), Contains("The 20 largest of 24 interactions are shown."));
}

TEST_CASE("one factor, or factors changed one at a time, have no section of their own") {
  CHECK_FALSE(compare(synthetic::records(), {}).factor_analysis);
  auto records = crossed(3);
  std::erase_if(records.runs, [](const auto& run) { return run.id > 9; });
  records.variants.pop_back();
  CHECK_FALSE(compare(records, {}).factor_analysis);
  CHECK(section_of(compare(records, {}), "factors").tables.empty());
}

TEST_CASE("ranks come with three variants beside the baseline that no factor tells apart, the best first") {
  const auto comparison = compare(without_factors(crossed(4)), {});
  REQUIRE(comparison.ranks);
  const Table ranks = page_table(comparison, "ranks");
  REQUIRE(ranks.rows.size() == 4);
  CHECK(text(ranks.rows[0][0]) == "D");
  CHECK(text(ranks.rows[0][1]) == "1.00");
  CHECK(text(ranks.rows[3][0]) == "A (baseline)");
  // n = 4, k = 4, ranks 1 to 4 without fail: 12 * 4 / (4 * 5) * 5 = 12, p 0.00738 of a chi squared of 3
  // (printed table: 0.0074); q(4, 0.05) = 2.569 (Demsar 2006, table 5), times sqrt(20 / 24)
  CHECK_THAT(all(notes("ranks", comparison)), Contains("χ² = 12.00 with 3 degrees of freedom, p = 0.00738") &&
                                                  Contains("critical difference: 2.35") &&
                                                  !Contains("no two can"));
  CHECK_FALSE(compare(synthetic::records({{"A", "B", "C"}, 3, 2, true}), {}).ranks);
  CHECK_FALSE(compare(without_factors(crossed(1)), {}).ranks);
  CHECK_FALSE(compare(crossed(4), {}).ranks);
}

TEST_CASE("what a stop rule cut has neither p nor rank nor effect, and counts in the family") {
  auto records = crossed(3);
  for (auto& row : records.selected)
    row.suite.accuracy += 0.001 * static_cast<double>(row.run_id * row.run_id % 7);
  records.study.stop_rules = "halving: {}";
  synthetic::end(records, 12, RunStatus::stopped);
  const auto comparison = compare(records, {});
  CHECK_FALSE(comparison.variants[3].difference);
  CHECK(comparison.family == 3);  // it was tried, so the others are corrected for it too
  CHECK_FALSE(comparison.ranks);
  CHECK(cell(page_table(comparison, "comparison"), 3, "p") == "–");
  CHECK_FALSE(comparison.factor_analysis);
}
