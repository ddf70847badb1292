#include "metrics/auc.hpp"

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using Scored = std::vector<std::pair<float, bool>>;

double area(const Scored& scored) {
  std::vector<std::uint32_t> keys, scratch(scored.size());
  for (const auto& [score, positive] : scored) keys.push_back(ablate::auc_key(score, positive));
  return ablate::auc_roc(keys, scratch);
}

// The definition itself: every positive against every negative.
double by_pairs(const Scored& scored) {
  double wins = 0.0, pairs = 0.0;
  for (const auto& [score, positive] : scored) {
    if (!positive) continue;
    for (const auto& [other, other_positive] : scored) {
      if (other_positive) continue;
      pairs += 1.0;
      wins += score > other ? 1.0 : (score == other ? 0.5 : 0.0);
    }
  }
  return wins / pairs;
}

// Scores from 0 to 1 with ties, denormals among them.
Scored many(std::uint32_t count) {
  Scored scored;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t mixed = i * 2654435761U;
    scored.emplace_back(std::ldexp(static_cast<float>(mixed >> 21), -11 - static_cast<int>(mixed % 5) * 30),
                        mixed / 64 % 7 == 0);
  }
  return scored;
}

}  // namespace

TEST_CASE("positives above all negatives have an area of 1, below all of 0, level with all of a half") {
  CHECK(area({{0.9F, true}, {0.1F, false}, {0.0F, false}}) == 1.0);
  CHECK(area({{0.1F, true}, {0.9F, false}, {1.0F, false}}) == 0.0);
  CHECK(area({{0.5F, true}, {0.5F, false}, {0.5F, false}}) == 0.5);
}

TEST_CASE("an area without positives or without negatives is not a number") {
  CHECK(std::isnan(area({})));
  CHECK(std::isnan(area({{0.5F, true}})));
  CHECK(std::isnan(area({{0.5F, false}, {0.2F, false}})));
}

TEST_CASE("sorted either way, the area is that of all pairs") {
  for (const std::uint32_t count : {40U, 1023U, 1024U, 3000U}) {
    CAPTURE(count);
    CHECK(area(many(count)) == Approx(by_pairs(many(count))).epsilon(1e-14));
  }
}
