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

}  // namespace

TEST_CASE("p is corrected over the rows that have one, and a single pair has none") {
  auto records = synthetic::with_accuracies({{0.80, 0.80, 0.80, 0.80},
                                             {0.81, 0.82, 0.83, 0.84},
                                             {0.79, 0.81, 0.80, 0.82},
                                             {0.90, 0.91, 0.92, 0.93}});
  for (const std::int64_t run : {13, 14, 15}) synthetic::end(records, run, RunStatus::diverged);
  const auto comparison = compare(records, {});
  CHECK(comparison.family == 2);
  // B: all of one sign, 2/16; Holm's twice that. C: -0.01 +0.01 0 +0.02, of which 12 of 16 signs are as far.
  CHECK(comparison.variants[1].difference->paired.permutation_p == 0.125);
  CHECK(comparison.variants[1].difference->holm_p == 0.25);
  CHECK(comparison.variants[2].difference->paired.permutation_p == 0.75);
  CHECK(comparison.variants[2].difference->holm_p == 0.75);
  const Table page = page_table(comparison, "comparison");
  CHECK(cell(page, 1, "p") == "0.125");
  CHECK(cell(page, 1, "Holm p") == "0.25");
  for (const char* column : {"p", "Holm p", "effect size"}) {
    CHECK(cell(page, 0, column) == "–");
    CHECK(cell(page, 3, column) == "–");
  }
  const Table file = file_table(comparison, "comparison");
  CHECK(cell(file, 1, "difference_p_bh") == "0.25");
  CHECK(cell(file, 1, "difference_probability_of_improvement") == "1");
  CHECK(cell(file, 1, "difference_cliffs_delta") == "1");
  CHECK(cell(file, 3, "difference_n") == "1");
  for (const char* column : {"difference_p", "difference_p_holm", "difference_p_t", "difference_p_wilcoxon"})
    CHECK(cell(file, 3, column).empty());
}

TEST_CASE("the effect size is d_z with Hedges' correction") {
  const auto comparison = compare(synthetic::with_accuracies({{0.80, 0.80, 0.80}, {0.81, 0.82, 0.83}}), {});
  // d_z 2; J(2) = Gamma(1) / (sqrt(1) Gamma(1/2)) = 1 / sqrt(pi) = 0.5642
  CHECK(cell(page_table(comparison, "comparison"), 1, "effect size") == "+1.13");
}

TEST_CASE("few seeds can make nothing significant, and a sentence says why") {
  const auto few = all(notes(
      "comparison",
      compare(synthetic::with_accuracies({{0.80, 0.80, 0.80}, {0.81, 0.82, 0.83}, {0.82, 0.82, 0.84}}), {})));
  CHECK_THAT(
      few,
      Contains(
          "No result is marked significant: 3 pairs cannot give an exact two-sided p below 2/2^3 = 0.25, nor, "
          "corrected for 2 comparisons, one below 0.5, whatever the difference. 7 seeds "
          "could reach 0.05."));
  CHECK_THAT(few, !Contains("*"));
  CHECK(smallest_corrected_p(3, 1) == 0.25);
  CHECK(smallest_corrected_p(1, 5) == 1.0);
  CHECK(pairs_needed(1, 0.95) == 6);
  CHECK(smallest_corrected_p(21, 10) == Approx(1e-4));  // drawn signs: 1 of 100,000
  CHECK(pairs_needed(1'000'000, 0.95) == 20);
  CHECK_THAT(all(notes("comparison", compare(synthetic::with_accuracies({{0.80}, {0.81}}), {}))),
             Contains("No p: of a single pair every exact p is 1."));
  const auto enough = all(
      notes("comparison",
            compare(synthetic::with_accuracies({std::vector<double>(6, 0.8), {.81, .82, .83, .84, .85, .86}}),
                    {})));
  CHECK_THAT(enough, Contains("2/2^6 = 0.0312. No result is marked significant"));
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
                 Contains("in which both it and the baseline have a value: C."));
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

TEST_CASE("a diverged run leaves its seed out of the effects that need it, and the notes say so") {
  auto records = crossed(4);
  synthetic::end(records, 16, RunStatus::diverged);
  const auto comparison = compare(records, {});
  CHECK(comparison.factor_analysis->main[0].left_out == std::vector<std::int64_t>{4});
  CHECK_THAT(all(notes("factors", comparison)),
             Contains("Left out of some rows, for want of a run: seed 4.") &&
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

TEST_CASE("ranks come with three variants beside the baseline, the best first") {
  const auto comparison = compare(crossed(4), {});
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
  CHECK_FALSE(compare(crossed(1), {}).ranks);
}

TEST_CASE("what a stop rule cut has neither p nor rank nor effect") {
  auto records = crossed(3);
  records.study.stop_rules = "halving: {}";
  synthetic::end(records, 12, RunStatus::stopped);
  const auto comparison = compare(records, {});
  CHECK_FALSE(comparison.variants[3].difference);
  CHECK(comparison.family == 2);
  CHECK_FALSE(comparison.ranks);
  CHECK(cell(page_table(comparison, "comparison"), 3, "p") == "–");
  CHECK_FALSE(comparison.factor_analysis);
}
