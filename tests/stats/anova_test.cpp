#include "stats/anova.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/normal.hpp"
#include "stats/factorial_support.hpp"

using namespace ablate;

namespace {

/// Runs of two factors under `seeds` seeds; the value by a function of levels and seed.
template <class Value>
std::vector<FactorialRun> two_factors(std::size_t a, std::size_t b, std::int64_t seeds, const Value& value) {
  std::vector<FactorialRun> runs;
  for (std::int64_t seed = 1; seed <= seeds; ++seed) {
    for (std::size_t i = 0; i < a; ++i) {
      for (std::size_t j = 0; j < b; ++j) runs.push_back({{i, j}, seed, value(i, j, seed)});
    }
  }
  return runs;
}

double noise(std::size_t i, std::size_t j, std::int64_t seed) {
  Stream stream(static_cast<std::uint64_t>(seed) * 100 + i * 10 + j, "test/noise");
  return compute::normal(stream);
}

}  // namespace

TEST_CASE("the analysis of variance agrees with statsmodels, missing runs and all") {
  const auto cases = test::golden("anova");
  CHECK(cases.size() == 36);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const Anova table = anova(test::factorial_runs(golden));
    std::vector<AnovaTerm> terms{table.seeds};
    terms.insert(terms.end(), table.factors.begin(), table.factors.end());
    terms.insert(terms.end(), table.interactions.begin(), table.interactions.end());
    std::vector<double> ours;
    for (const AnovaTerm& term : terms) {
      ours.insert(ours.end(), {static_cast<double>(term.degrees), term.sum_of_squares, term.f, term.p});
    }
    test::check_agree(ours, golden.groups[2]);
    test::check_agree(std::array{static_cast<double>(table.residual.degrees), table.residual.sum_of_squares},
                      golden.groups[3]);
    test::check_agree(std::array{table.total_sum_of_squares}, golden.groups[4]);
  }
}

TEST_CASE("F of a complete factorial is that of statsmodels' repeated measures, seeds as subjects") {
  const auto cases = test::golden("repeated_measures");
  CHECK(cases.size() == 7);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const Anova table = anova(test::factorial_runs(golden));
    std::vector<AnovaTerm> terms = table.factors;
    terms.insert(terms.end(), table.interactions.begin(), table.interactions.end());
    std::vector<double> ours;
    for (const AnovaTerm& term : terms) {
      ours.insert(ours.end(), {static_cast<double>(term.degrees), static_cast<double>(term.error_degrees),
                               term.f, term.p});
    }
    test::check_agree(ours, golden.groups[2], 1e-9);
  }
}

TEST_CASE("settings that all repeat a seed's luck are no witnesses of their own") {
  // The effect of the first factor is the seed's luck, the same in all nine settings of the second.
  const auto runs = two_factors(2, 9, 3, [](auto i, auto j, auto seed) {
    return static_cast<double>(i) * (seed == 1 ? 3.0 : seed == 2 ? 1.0 : -0.5) + 0.01 * noise(i, j, seed);
  });
  // A t test of 3, 1, -0.5 over seeds: t = 1.16, p = 0.37 (SciPy).
  CHECK(anova(runs).factors[0].p == Approx(0.37).margin(0.01));
}

TEST_CASE("the shares of a complete factorial add up to 1") {
  const Anova table = anova(two_factors(3, 4, 5, noise));
  double sum = table.seeds.share + table.residual.share + table.interactions[0].share;
  for (const AnovaTerm& factor : table.factors) sum += factor.share;
  CHECK(sum == Approx(1.0));
  CHECK(table.runs == 60);
}

TEST_CASE("a run without a value is left out of the analysis, and counted") {
  auto runs = two_factors(2, 2, 4, noise);
  const Anova whole = anova(runs);
  runs[5].value = std::nan("");
  const Anova table = anova(runs);
  CHECK(table.left_out == 1);
  CHECK(table.runs == 15);
  CHECK(table.residual.degrees == whole.residual.degrees - 1);
}

TEST_CASE("values that are all alike, or fewer than two, have no table") {
  CHECK(anova(two_factors(2, 2, 3, [](auto...) { return 0.5; })).reason == "the values are all alike");
  CHECK(anova({}).reason == "fewer than two runs have a value");
  CHECK(anova(std::vector<FactorialRun>{{{0}, 1, 0.5}, {{1}, 1, INFINITY}}).reason ==
        "fewer than two runs have a value");
}

TEST_CASE("one seed leaves no blocks, and nothing to judge chance by") {
  const Anova table = anova(two_factors(2, 3, 1, noise));
  CHECK(table.seeds.degrees == 0);
  CHECK(table.seeds.reason == "it never changes");
  CHECK(table.interactions.empty());
  CHECK(table.interactions_reason == "they would leave no run to judge chance by");
  CHECK(table.residual.degrees == 2);
  CHECK(std::isnan(table.factors[1].p));
  CHECK(table.factors[1].reason == "no seeds show how it differs from seed to seed");
}

TEST_CASE("no p is given without chance to judge by") {
  const Anova lone = anova(std::vector<FactorialRun>{{{0}, 1, 1.0}, {{1}, 1, 2.0}, {{2}, 1, 4.0}});
  CHECK(lone.factors[0].share == Approx(1.0));
  CHECK(std::isnan(lone.factors[0].p));
  CHECK(lone.factors[0].reason == "no seeds show how it differs from seed to seed");
  const Anova exact = anova(two_factors(2, 2, 3, [](auto i, auto, auto) { return static_cast<double>(i); }));
  CHECK(exact.factors[0].share == Approx(1.0));
  CHECK(std::isnan(exact.factors[0].p));
  CHECK(exact.factors[0].reason == "it is the same under every seed");
}

TEST_CASE("factors that change together cannot be told apart") {
  std::vector<FactorialRun> runs;
  for (const std::int64_t seed : {1, 2, 3}) {
    for (const std::size_t level : {0, 1, 2}) {
      runs.push_back({{level, level}, seed, noise(level, 0, seed)});
    }
  }
  const Anova table = anova(runs);
  CHECK(table.factors[0].degrees == 0);
  CHECK(std::isnan(table.factors[0].share));
  CHECK(table.factors[0].reason == "it cannot be separated from the others");
}

TEST_CASE("a half fraction keeps its main effects and gives the interactions up") {
  std::vector<FactorialRun> runs;
  for (const std::int64_t seed : {1, 2, 3, 4}) {
    for (std::size_t a = 0; a < 2; ++a) {
      for (std::size_t b = 0; b < 2; ++b) runs.push_back({{a, b, (a + b) % 2}, seed, noise(a, b, seed)});
    }
  }
  const Anova table = anova(runs);
  CHECK(table.interactions_reason == "they cannot be separated from the main effects");
  CHECK(table.factors.size() == 3);
  for (const AnovaTerm& factor : table.factors) CHECK(factor.degrees == 1);
}

TEST_CASE("too many levels are not fitted") {
  std::vector<FactorialRun> runs;
  for (std::size_t level = 0; level < 150; ++level) {
    runs.push_back({{level, level % 2}, static_cast<std::int64_t>(level % 2), static_cast<double>(level)});
  }
  CHECK(anova(runs).interactions_reason == "the factors have too many levels");
  for (FactorialRun& run : runs) run.levels[1] = run.levels[0];
  CHECK(anova(runs).reason == "the factors have too many levels");
}
