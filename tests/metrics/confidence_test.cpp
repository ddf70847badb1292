#include "metrics/confidence.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace ablate;

TEST_CASE("bins count images, right ones and probabilities, and an edge belongs to the bin below it") {
  ConfidenceCount count(2);
  const std::vector<std::uint8_t> truth = {0, 1, 1}, predicted = {0, 0, 1};
  count.add(truth, predicted, std::vector<float>{1.0F, 0.0F, 0.6F, 0.4F, 0.45F, 0.55F});
  const auto& bins = count.bins();
  REQUIRE(bins.size() == confidence_bins);
  CHECK((bins[14].images == 1 && bins[14].right == 1 && bins[14].confidence == 1.0));
  CHECK((bins[8].images == 1 && bins[8].right == 1));  // 0.55: 8/15 to 9/15
  // 0.6 as a float is 0.60000002: above 9/15
  CHECK((bins[9].images == 1 && bins[9].right == 0));
}

TEST_CASE("a ROC curve finds what the threshold of each false-positive rate finds, ties together") {
  // Class 1 against the rest, by hand. Probabilities of class 1, falling: 0.9 own, 0.8 other, 0.7 own and other,
  // 0.2 own, 0.1 other and other. Of 3 own and 4 others: (1/3, 0), (1/3, 1/4), (2/3, 1/2), (1, 1/2), (1, 1).
  ConfidenceCount count(2);
  const std::vector<std::uint8_t> truth = {1, 0, 1, 0, 1, 0, 0};
  const std::vector<std::uint8_t> predicted = {1, 1, 1, 1, 0, 0, 0};
  std::vector<float> probabilities;
  for (const float p : {0.9F, 0.8F, 0.7F, 0.7F, 0.2F, 0.1F, 0.1F}) {
    probabilities.push_back(1.0F - p);
    probabilities.push_back(p);
  }
  count.add(truth, predicted, probabilities);
  const auto rates = count.true_positive_rates(1);
  const auto at = [&](double rate) {
    for (std::size_t i = 0; i < roc_grid.size(); ++i) {
      if (roc_grid[i] == rate) return rates[i];
    }
    return std::nan("");
  };
  CHECK(at(0.0) == Approx(1.0 / 3));
  CHECK(at(0.2) == Approx(1.0 / 3));
  CHECK(at(0.4) == Approx(1.0 / 3));
  CHECK(at(0.5) == 1.0);
  CHECK(at(1.0) == 1.0);
}

TEST_CASE("a class without images, or with all of them, has no ROC curve") {
  ConfidenceCount count(2);
  const std::vector<std::uint8_t> zeros = {0, 0};
  count.add(zeros, zeros, std::vector<float>{0.9F, 0.1F, 0.8F, 0.2F});
  CHECK(std::isnan(count.true_positive_rates(0)[3]));
  CHECK(std::isnan(count.true_positive_rates(1)[3]));
}
