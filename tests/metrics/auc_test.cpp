#include "metrics/auc.hpp"

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using Scored = std::vector<std::pair<float, bool>>;

double area(const Scored& scored) {
  std::vector<float> scores, positives;
  for (const auto& [score, positive] : scored) {
    scores.push_back(positive ? ablate::RocArea::left_out : score);
    if (positive) positives.push_back(score);
  }
  ablate::RocArea counted;
  counted.begin(positives);
  const std::span<const float> all(scores);
  counted.add(all.first(all.size() / 3));
  counted.add(all.subspan(all.size() / 3));
  return counted.area(scored.size() - positives.size());
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

TEST_CASE("the area is that of all pairs, however many scores there are and however they lie") {
  for (const std::uint32_t count : {40U, 1023U, 1024U, 3000U}) {
    CAPTURE(count);
    CHECK(area(many(count)) == Approx(by_pairs(many(count))).epsilon(1e-14));
  }
  const auto crowded = [](float low, float high, std::uint32_t steps) {
    Scored scored;
    for (std::uint32_t i = 0; i < 2500; ++i) {
      const std::uint32_t mixed = i * 2654435761U >> 7;
      scored.emplace_back(low + (high - low) * static_cast<float>(mixed % steps) / static_cast<float>(steps),
                          mixed / 1024 % 3 == 0);
    }
    scored.emplace_back(0.0F, true);  // far from all others
    return scored;
  };
  for (const std::uint32_t steps : {1U, 2U, 50U, 100'000U}) {
    CAPTURE(steps);
    for (const Scored& scored :
         {crowded(0.999F, 1.0F, steps), crowded(0.0F, 1e-38F, steps), crowded(0.0F, 1.0F, steps)}) {
      CHECK(area(scored) == Approx(by_pairs(scored)).epsilon(1e-14));
    }
  }
}
