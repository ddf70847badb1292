#include "stats/factorial.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/factorial_support.hpp"
#include "stats/golden.hpp"

using namespace ablate;

TEST_CASE("effects of a full factorial agree with a fit of each seed by statsmodels") {
  const auto cases = test::golden("effects");
  CHECK(cases.size() == 20);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto runs = test::factorial_runs(golden);
    std::vector<FactorialEffect> effects = main_effects(runs, 0.95);
    for (FactorialEffect& effect : interactions(runs, 0.95)) effects.push_back(effect);
    std::vector<double> ours;
    for (const FactorialEffect& effect : effects) {
      const PairedDifference& d = effect.difference;
      ours.insert(ours.end(), {d.summary.mean, d.interval.low, d.interval.high, d.t_p});
    }
    test::check_agree(ours, golden.groups[2]);
  }
}

TEST_CASE("a main effect and an interaction are the differences that the words say") {
  // Two factors, one seed: 10, 13, 14, 22 at (0,0), (1,0), (0,1), (1,1).
  const std::vector<FactorialRun> runs{{{0, 0}, 1, 10}, {{1, 0}, 1, 13}, {{0, 1}, 1, 14}, {{1, 1}, 1, 22}};
  const auto main = main_effects(runs, 0.95);
  REQUIRE(main.size() == 2);
  CHECK(main[0].difference.summary.mean == (3 + 8) / 2.0);
  CHECK(main[1].difference.summary.mean == (4 + 9) / 2.0);
  CHECK(main[0].settings == 2);
  const auto both = interactions(runs, 0.95);
  REQUIRE(both.size() == 1);
  CHECK(both[0].difference.summary.mean == 8 - 3);
  CHECK(std::isnan(both[0].difference.interval.low));
  CHECK(both[0].difference.reason == "a single pair has no spread");
}

TEST_CASE("one change at a time has main effects in one setting, and no interaction but a reason") {
  std::vector<FactorialRun> runs;
  for (const std::int64_t seed : {1, 2, 3}) {
    const auto value = static_cast<double>(seed * seed);
    runs.push_back({{0, 0}, seed, value});
    runs.push_back({{1, 0}, seed, value + 2});
    runs.push_back({{0, 2}, seed, 2 * value});
  }
  const auto main = main_effects(runs, 0.95);
  REQUIRE(main.size() == 2);
  CHECK(main[0].settings == 1);
  CHECK(main[0].difference.summary.mean == 2.0);
  CHECK(main[0].difference.reason == "the differences are all alike");
  CHECK(main[1].of[0].level == 2);
  CHECK(main[1].difference.summary.mean == Approx(14.0 / 3));
  const auto both = interactions(runs, 0.95);
  REQUIRE(both.size() == 1);
  CHECK(both[0].settings == 0);
  CHECK(both[0].difference.summary.n == 0);
  CHECK(both[0].reason == "no runs with a value differ in this alone");
}

TEST_CASE("a seed that lacks a run counts with what it has, and leaves the others where they were") {
  // The run at (1, 1) diverged under seed 2; those at (0, 2) under every seed, so its setting is no part.
  std::vector<FactorialRun> runs;
  for (const std::int64_t seed : {1, 2, 3}) {
    for (const std::size_t a : {0, 1}) {
      for (const std::size_t b : {0, 1, 2}) {
        const bool diverged = (a == 1 && b == 1 && seed == 2) || (a == 0 && b == 2);
        runs.push_back({{a, b}, seed, diverged ? std::nan("") : 10.0 * static_cast<double>(a * (b + 1))});
      }
    }
  }
  const auto main = main_effects(runs, 0.95);
  CHECK(main[0].settings == 2);
  CHECK(main[0].left_out.empty());
  CHECK(main[0].difference.summary.n == 3);  // seed 2: 10, and half of what b = 1 adds under the others
  CHECK(main[0].difference.summary.mean == Approx(15.0).epsilon(1e-12));
}

TEST_CASE("two runs missing of 54 cost no seed, and a setting that shares no seed costs no other setting") {
  std::vector<FactorialRun> runs;  // 2 x 3 x 3, three seeds; each of two seeds lacks one
  for (const std::int64_t seed : {1, 2, 3}) {
    for (std::size_t point = 0; point < 18; ++point) {
      const std::size_t skip = point % 2, width = point / 2 % 3, rate = point / 6;
      const bool lost = (seed == 1 && point == 0) || (seed == 2 && point == 17);
      const double value = 0.01 * static_cast<double>(skip) + 0.1 * static_cast<double>(width) +
                           0.001 * static_cast<double>(seed * seed * static_cast<std::int64_t>(skip));
      runs.push_back({{skip, width, rate}, seed, lost ? std::nan("") : value});
    }
  }
  const auto skip = main_effects(runs, 0.95).front();
  CHECK(skip.difference.summary.n == 3);
  CHECK(skip.settings == 9);
  CHECK(skip.difference.summary.mean == Approx(0.01 + 0.001 * 14 / 3).epsilon(1e-12));

  std::vector<FactorialRun> apart;  // 2 x 2: in the second setting the levels share no seed
  for (const std::int64_t seed : {1, 2, 3, 4, 5, 6}) {
    apart.push_back({{0, 0}, seed, 0.5});
    apart.push_back({{1, 0}, seed, 0.5 + 0.01 * static_cast<double>(seed)});
    apart.push_back({{seed > 3 ? std::size_t{1} : std::size_t{0}, 1}, seed, 0.7});
  }
  const auto main = main_effects(apart, 0.95).front();
  CHECK(main.settings == 1);
  CHECK(main.difference.summary.n == 6);
  CHECK(main.difference.summary.mean == Approx(0.035).epsilon(1e-12));
}

TEST_CASE("runs that never meet under one seed give no effect but a reason") {
  const std::vector<FactorialRun> runs{{{0}, 1, 0.5}, {{1}, 2, 0.75}};
  const auto main = main_effects(runs, 0.95);
  CHECK(main[0].reason == "no seed has a value of every run that this needs");
  CHECK(main[0].left_out.size() == 2);
  CHECK(main_effects({}, 0.95).empty());
}

TEST_CASE("runs that are no factorial are refused") {
  CHECK_THROWS_AS(main_effects(std::vector<FactorialRun>{{{0}, 1, 1}, {{0, 1}, 1, 1}}, 0.95),
                  std::invalid_argument);
  CHECK_THROWS_AS(interactions(std::vector<FactorialRun>{{{0}, 1, 1}, {{0}, 1, 1}}, 0.95),
                  std::invalid_argument);
}
