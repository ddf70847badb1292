#include "metrics/tile.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

TEST_CASE("the exponential is within 1e-14 of the standard library's from 0 to -708") {
  double worst = 0.0;
  for (int i = 0; i <= 708'000; ++i) {
    const double x = -i / 1000.0 - i * 1e-9;
    if (x < -708.0) break;
    worst = std::max(worst, std::abs(ablate::exp_of_nonpositive(x) / std::exp(x) - 1.0));
  }
  CHECK(worst < 1e-14);
}

TEST_CASE("the exponential is exactly 1 at 0 and never leaves the smallest normal numbers") {
  CHECK(ablate::exp_of_nonpositive(0.0) == 1.0);
  CHECK(ablate::exp_of_nonpositive(-std::numeric_limits<double>::infinity()) == Approx(std::exp(-708.0)));
}

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
