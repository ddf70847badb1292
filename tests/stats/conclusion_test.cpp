#include "stats/conclusion.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/normal.hpp"

using namespace ablate;

namespace {

/// A study of one change in three widths and two schedules: `effect` of the width, and noise by seed and point.
template <class OfWidth>
std::vector<ContrastPair> study(std::int64_t seeds, double noise, const OfWidth& effect) {
  Stream stream(7, "test/conclusion");
  std::vector<ContrastPair> pairs;
  for (std::int64_t seed = 1; seed <= seeds; ++seed) {
    for (std::size_t width = 0; width < 3; ++width) {
      for (std::size_t schedule = 0; schedule < 2; ++schedule) {
        pairs.push_back(
            {{width, schedule}, seed, 0.8, 0.8 + effect(width) + noise * compute::normal(stream)});
      }
    }
  }
  return pairs;
}

const std::vector<std::size_t> by_both{0, 1};

}  // namespace

TEST_CASE("an effect that changes its sign with the width is told by width, and the main effect is not") {
  const auto pairs =
      study(10, 0.001, [](std::size_t width) { return 0.011 - 0.007 * static_cast<double>(width); });
  const Conclusion conclusion = conclude(contrast(pairs, by_both), {.ordered = {0}});
  CHECK(conclusion.family_size == 6);
  CHECK_FALSE(conclusion.pooled.is_told);
  REQUIRE(conclusion.levels.size() == 5);
  CHECK(conclusion.levels[0].word == Word::better);
  CHECK(conclusion.levels[1].word == Word::better);
  CHECK(conclusion.levels[2].word == Word::worse);
  REQUIRE(conclusion.dependences.size() == 2);
  REQUIRE(conclusion.dependences[0].trend);
  CHECK(conclusion.dependences[0].told);
  CHECK(conclusion.dependences[0].opposed);
  // Holm, of two factors, and two tests of this one.
  CHECK(conclusion.dependences[0].p == 2 * 2 * conclusion.dependences[0].trend->p);
  CHECK_FALSE(conclusion.dependences[1].trend);
  CHECK_FALSE(conclusion.dependences[1].refused);
}

TEST_CASE(
    "a row that is a mean over a factor on which the effect depends is told only where all its levels agree") {
  // Of width 0, 1, 2 and schedule 0, 1: the schedule turns the effect, except at width 2.
  const std::vector<double> effects = {.02, -.02, .03, -.03, .03, .01};
  std::vector<ContrastPair> pairs;
  Stream stream(7, "test/conclusion");
  for (std::int64_t seed = 1; seed <= 10; ++seed) {
    for (std::size_t point = 0; point < effects.size(); ++point)
      pairs.push_back(
          {{point / 2, point % 2}, seed, 0.8, 0.8 + effects[point] + 0.001 * compute::normal(stream)});
  }
  const Conclusion conclusion = conclude(contrast(pairs, std::vector<std::size_t>{0, 1}), {.margin = 0.005});
  CHECK(conclusion.levels[0].word == Word::same);
  CHECK_FALSE(conclusion.levels[0].is_told);
  CHECK_FALSE(conclusion.levels[1].is_told);
  CHECK(conclusion.levels[2].is_told);
  CHECK(conclusion.levels[2].word == Word::better);
  for (std::size_t width = 0; width < 3; ++width)
    CHECK(conclusion.levels[width].depends_on == std::vector<std::size_t>{1});
  CHECK(conclusion.pooled.depends_on == std::vector<std::size_t>{0, 1});
}

TEST_CASE("an effect that falls and rises again with the width is told by width, though it has no trend") {
  const auto pairs = study(10, 0.001, [](std::size_t width) { return width == 1 ? -0.010 : 0.012; });
  const Conclusion conclusion = conclude(contrast(pairs, by_both), {.ordered = {0}});
  CHECK(conclusion.pooled.word == Word::better);
  CHECK(conclusion.levels[1].word == Word::worse);
  const Dependence& width = conclusion.dependences[0];
  CHECK(width.trend->p > 0.05);
  CHECK(width.p == 2 * 2 * width.test.p);
  CHECK(width.told);
  CHECK_FALSE(conclusion.pooled.is_told);
}

TEST_CASE("levels on both sides of 0 speak for themselves, whatever a test of dependence can reach") {
  // Six seeds over two levels: 1 / 32, twice for two factors, is more than 0.05.
  std::vector<ContrastPair> pairs;
  for (std::int64_t seed = 1; seed <= 6; ++seed) {
    for (std::size_t point = 0; point < 4; ++point) {
      const double size = (point < 2 ? 0.03 : -0.01) + 0.0001 * static_cast<double>(seed);
      pairs.push_back({{point / 2, point % 2}, seed, 0.0, size});
    }
  }
  for (const bool anytime : {false, true}) {
    if (anytime) {
      for (std::int64_t seed = 7; seed <= 12; ++seed) {
        for (std::size_t point = 0; point < 4; ++point)
          pairs.push_back({{point / 2, point % 2}, seed, 0.0, point < 2 ? 0.03 : -0.01});
      }
    }
    const Conclusion conclusion = conclude(contrast(pairs, by_both), {.anytime = anytime});
    const Dependence& first = conclusion.dependences[0];
    if (!anytime) {
      CHECK(first.test.p == 1.0 / 32.0);
      CHECK(first.p == 2.0 / 32.0);
      CHECK(first.smallest_p == 2.0 / 32.0);
    }
    CHECK(first.opposed);
    CHECK(first.told);
    CHECK_FALSE(conclusion.dependences[1].opposed);
    CHECK_FALSE(conclusion.pooled.is_told);
  }
}

TEST_CASE("settings that some levels lack make no dependence") {
  // The effect is the schedule's alone. Width 0 was not trained under schedule 1.
  std::vector<ContrastPair> pairs;
  Stream stream(3, "test/conclusion");
  for (std::int64_t seed = 1; seed <= 10; ++seed) {
    for (std::size_t width = 0; width < 3; ++width) {
      for (std::size_t schedule = 0; schedule < 3; ++schedule) {
        const double effect = 0.01 * static_cast<double>(schedule) + 0.001 * compute::normal(stream);
        if (width > 0 || schedule != 1) pairs.push_back({{width, schedule}, seed, 0.0, effect});
      }
    }
  }
  std::erase_if(pairs, [](const ContrastPair& pair) {
    return pair.setting == std::vector<std::size_t>{0, 2};
  });
  const Contrast of = contrast(pairs, by_both);
  CHECK(of.levels[0].effect.strata == 1);
  CHECK(of.levels[1].effect.strata == 3);
  CHECK(of.levels[1].comparable.strata == 1);  // schedule 0, the only one that all have
  const Conclusion conclusion = conclude(of, {.ordered = {0}});
  const Dependence &width = conclusion.dependences[0], &schedule = conclusion.dependences[1];
  CHECK(width.incomplete);
  CHECK(width.p > 0.05);
  CHECK_FALSE(width.refused);
  CHECK(schedule.told);

  std::erase_if(pairs, [](const ContrastPair& pair) { return pair.setting[0] > 0 && pair.setting[1] == 0; });
  const Conclusion apart = conclude(contrast(pairs, by_both), {.ordered = {0}});
  CHECK(apart.dependences[0].test.reason == "its levels share no setting of the other factors");
  CHECK(std::isnan(apart.dependences[0].p));
}

TEST_CASE("an effect that is the same everywhere is told once, for all settings") {
  const auto pairs = study(10, 0.002, [](std::size_t) { return 0.01; });
  const Conclusion conclusion = conclude(contrast(pairs, by_both), {.margin = 0.02});
  CHECK(conclusion.pooled.is_told);
  CHECK(conclusion.pooled.word == Word::better_within);
  for (const Dependence& dependence : conclusion.dependences) CHECK_FALSE(dependence.told);
}

TEST_CASE("without any effect nothing is said to depend, whatever the test of dependence says") {
  // Differences that are as often above as below 0 at each width, but rise from width to width in each seed.
  std::vector<ContrastPair> pairs;
  for (std::int64_t seed = 1; seed <= 8; ++seed) {
    for (std::size_t width = 0; width < 3; ++width) {
      const double side = seed % 2 == 0 ? 0.05 : -0.05;
      pairs.push_back({{width}, seed, 0.0, side + 0.0001 * static_cast<double>(width)});
    }
  }
  const Conclusion conclusion = conclude(contrast(pairs, std::vector<std::size_t>{0}), {.ordered = {0}});
  CHECK(conclusion.dependences[0].refused);
  CHECK_FALSE(conclusion.dependences[0].told);
  CHECK_FALSE(conclusion.pooled.is_told);
  for (const Effect& level : conclusion.levels) CHECK(level.word == Word::cannot_say);
}

TEST_CASE("with one level in all, the row of the level is the pooled one and no second member") {
  std::vector<ContrastPair> pairs;
  for (std::int64_t seed = 1; seed <= 6; ++seed)
    pairs.push_back({{0}, seed, 0.0, 0.1 * static_cast<double>(seed)});
  const Conclusion conclusion = conclude(contrast(pairs, std::vector<std::size_t>{0}), {});
  CHECK(conclusion.family_size == 1);
  CHECK(conclusion.levels[0].word == Word::better);
  CHECK(conclusion.dependences.empty());
}

TEST_CASE("contrasts of one study are one family") {
  const auto strong = study(8, 0.001, [](std::size_t) { return 0.01; });
  const auto none = study(8, 0.001, [](std::size_t) { return 0.0; });
  const std::vector<Contrast> both{contrast(strong, {}), contrast(none, {})};
  const auto conclusions = conclude(both, {});
  REQUIRE(conclusions.size() == 2);
  CHECK(conclusions[0].family_size == 2);
  CHECK(conclusions[0].pooled.word == Word::better);
  CHECK(conclusions[1].pooled.word == Word::cannot_say);
}

TEST_CASE("a lower loss is better") {
  const auto pairs = study(8, 0.001, [](std::size_t) { return -0.01; });
  CHECK(conclude(contrast(pairs, {}), {.best = Best::lowest}).pooled.word == Word::better);
}

TEST_CASE("a factor without rows withholds the mean, and no effect is said to depend on it") {
  const auto pairs =
      study(10, 0.001, [](std::size_t width) { return 0.011 - 0.007 * static_cast<double>(width); });
  const std::vector<std::size_t> by{1}, tested{0};
  const Conclusion conclusion = conclude(contrast(pairs, by, tested), {.ordered = {0}});
  REQUIRE(conclusion.dependences.size() == 2);
  const Dependence& width = conclusion.dependences[1];
  CHECK(width.factor == 0);
  CHECK(width.p < 0.001);
  CHECK(width.refused);
  CHECK_FALSE(width.told);
  CHECK_FALSE(conclusion.pooled.is_told);
}
