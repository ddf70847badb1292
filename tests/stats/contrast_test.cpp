#include "stats/contrast.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/distributions.hpp"
#include "stats/golden.hpp"

using namespace ablate;

namespace {

const std::vector<std::size_t> by_none, by_first{0};

ContrastPair pair(std::size_t stratum, std::int64_t seed, double difference) {
  return {.setting = {stratum}, .seed = seed, .from = 0.0, .to = difference};
}

}  // namespace

TEST_CASE("contrasts with missing runs agree with statsmodels' least squares and its clustered t") {
  const auto cases = test::golden("contrast");
  CHECK(cases.size() >= 30);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    std::vector<ContrastPair> pairs;
    const test::Numbers& numbers = golden.groups[0];
    for (std::size_t i = 0; i < numbers.size(); i += 3) {
      pairs.push_back(pair(static_cast<std::size_t>(numbers[i]), static_cast<std::int64_t>(numbers[i + 1]),
                           numbers[i + 2]));
    }
    const ContrastRow pooled = contrast(pairs, by_none).pooled;
    CHECK(pooled.connected);
    test::check_agree(pooled.row.values, golden.groups[1], 1e-9);
    const Summary summary = summarize(pooled.row.values);
    const Interval interval = t_interval(summary, 0.95);
    const double error = summary.standard_deviation / std::sqrt(static_cast<double>(summary.n));
    const double t = summary.mean / error;
    const std::vector<double> ours{
        summary.mean, error,        t, two_sided_t_p(t, static_cast<double>(summary.n) - 1.0),
        interval.low, interval.high};
    test::check_agree(ours, golden.groups[2], 1e-9);
  }
}

TEST_CASE("a seed that lacks a pair keeps its place, corrected for the stratum that it lacks") {
  // The second stratum is 10 above the first; seed 3 lacks it. By hand: 1, 2, 3 + 5 each.
  const std::vector<ContrastPair> pairs{pair(0, 1, 1),  pair(1, 1, 11), pair(0, 2, 2),
                                        pair(1, 2, 12), pair(0, 3, 3),  pair(1, 3, std::nan(""))};
  const Contrast result = contrast(pairs, by_first);
  CHECK(result.pooled.row.seeds == std::vector<std::int64_t>{1, 2, 3});
  test::check_agree(result.pooled.row.values, std::vector<double>{6, 7, 8}, 1e-12);
  CHECK(result.pooled.pairs == 5);
  CHECK(result.pooled.missing == 1);
  REQUIRE(result.levels.size() == 2);
  CHECK(result.levels[1].effect.row.seeds == std::vector<std::int64_t>{1, 2});
  CHECK(result.levels[1].effect.missing == 0);
}

TEST_CASE("a setting whose levels share no seed is left out and counted, and takes no other with it") {
  std::vector<ContrastPair> pairs;
  for (std::int64_t seed = 1; seed <= 6; ++seed) {
    pairs.push_back(pair(0, seed, static_cast<double>(seed)));
    // In the other setting seeds 1 to 3 ran on one side, 4 to 6 on the other.
    pairs.push_back({.setting = {1},
                     .seed = seed,
                     .from = seed <= 3 ? 1.0 : std::nan(""),
                     .to = seed > 3 ? 2.0 : std::nan("")});
  }
  const Contrast result = contrast(pairs, by_first);
  CHECK(result.pooled.row.values == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(result.pooled.strata == 1);
  CHECK(result.strata_unshared == 1);
  CHECK(result.strata[1].effect.row.values.empty());
}

TEST_CASE("strata that no seed connects are fitted apart, and said to be") {
  const std::vector<ContrastPair> pairs{pair(0, 1, 1), pair(0, 2, 3), pair(1, 3, 20), pair(1, 4, 22)};
  const ContrastRow pooled = contrast(pairs, by_none).pooled;
  CHECK_FALSE(pooled.connected);
  CHECK(pooled.row.values == std::vector<double>{1, 3, 20, 22});
}

TEST_CASE("the rows of a contrast depend on no order of the pairs") {
  std::vector<ContrastPair> pairs;
  for (std::size_t i = 0; i < 24; ++i) {
    if (i % 7 == 3) continue;
    pairs.push_back(pair(i % 4, static_cast<std::int64_t>(i / 4), std::sin(static_cast<double>(i))));
  }
  const auto values = contrast(pairs, by_first).pooled.row.values;
  std::reverse(pairs.begin(), pairs.end());
  CHECK(contrast(pairs, by_first).pooled.row.values == values);
}

TEST_CASE("runs of a factorial become pairs that share all else") {
  const std::vector<FactorialRun> runs{{{0, 0}, 1, 10}, {{1, 0}, 1, 13}, {{0, 2}, 1, 14},
                                       {{1, 2}, 1, 22}, {{2, 2}, 1, 99}, {{1, 2}, 2, 5}};
  const auto pairs = contrast_pairs(runs, 0, 0, 1);
  REQUIRE(pairs.size() == 3);
  CHECK(pairs[0].to - pairs[0].from == 3);
  CHECK(pairs[1].setting == std::vector<std::size_t>{2});
  CHECK(pairs[1].to - pairs[1].from == 8);
  CHECK(std::isnan(pairs[2].from));
  CHECK_THROWS_AS(contrast_pairs(runs, 2, 0, 1), std::invalid_argument);
}

TEST_CASE("pairs that do not fit together are refused") {
  const std::vector<ContrastPair> twice{pair(0, 1, 1), pair(0, 1, 2)};
  CHECK_THROWS_AS(contrast(twice, by_none), std::invalid_argument);
  const std::vector<ContrastPair> ragged{pair(0, 1, 1), {.setting = {}, .seed = 2}};
  CHECK_THROWS_AS(contrast(ragged, by_none), std::invalid_argument);
  CHECK_THROWS_AS(contrast(std::vector<ContrastPair>{pair(0, 1, 1)}, std::vector<std::size_t>{1}),
                  std::invalid_argument);
  CHECK(contrast({}, by_none).pooled.row.values.empty());
}
