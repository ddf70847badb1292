#include "metrics/tile.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

TEST_CASE("softmax of columns of any number gives shares of one") {
  constexpr std::size_t images = 35;
  std::vector<float> logits(3 * images), probabilities(3 * images);
  for (std::size_t i = 0; i < logits.size(); ++i) logits[i] = static_cast<float>(i % 13) - 6.0F;
  ablate::softmax(logits, 3, probabilities);
  for (std::size_t i = 0; i < images; ++i) {
    const double sum = std::exp(double{logits[3 * i]}) + std::exp(double{logits[3 * i + 1]}) +
                       std::exp(double{logits[3 * i + 2]});
    for (std::size_t c = 0; c < 3; ++c) {
      CHECK(probabilities[3 * i + c] == Approx(std::exp(double{logits[3 * i + c]}) / sum).epsilon(1e-7));
    }
  }
}

TEST_CASE("softmax leaves no number of a column with a logit that is none, and the other columns alone") {
  const std::vector<float> logits{0, std::numeric_limits<float>::quiet_NaN(), 2, 2};
  std::vector<float> probabilities(4);
  ablate::softmax(logits, 2, probabilities);
  CHECK(std::isnan(probabilities[0]));
  CHECK(std::isnan(probabilities[1]));
  CHECK(probabilities[2] == 0.5F);
  CHECK(probabilities[3] == 0.5F);
}

TEST_CASE("softmax refuses sizes that do not fit") {
  std::vector<float> three(3), four(4);
  CHECK_THROWS_AS(ablate::softmax(three, 2, three), std::invalid_argument);
  CHECK_THROWS_AS(ablate::softmax(four, 2, three), std::invalid_argument);
  CHECK_THROWS_AS(ablate::softmax(four, 0, four), std::invalid_argument);
}
