#include "stats/images.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "compute/functions.hpp"
#include "stats/distributions.hpp"

namespace ablate {

namespace {

void require_shares(std::span<const double> shares) {
  if (!std::all_of(shares.begin(), shares.end(), [](double share) { return share >= 0.0 && share <= 1.0; })) {
    throw std::invalid_argument("the share of runs that get an image right lies between 0 and 1");
  }
}

}  // namespace

double mcnemar_p(std::size_t only_first, std::size_t only_second) {
  const std::size_t apart = only_first + only_second;
  if (apart == 0) return 1.0;
  return std::min(1.0, 2.0 * fair_coin_cdf(std::min(only_first, only_second), apart));
}

ImageComparison compare_over_images(std::span<const double> first, std::span<const double> second,
                                    double confidence) {
  if (first.size() != second.size()) throw std::invalid_argument("both must have seen the same images");
  require_shares(first);
  require_shares(second);
  ImageComparison comparison;
  comparison.images = first.size();
  std::vector<double> differences;
  for (std::size_t i = 0; i < first.size(); ++i) {
    differences.push_back(first[i] - second[i]);
    comparison.only_first += differences.back() > rounding;
    comparison.only_second += differences.back() < -rounding;
  }
  comparison.interval = bca_interval(differences, confidence, resamples_of_images);
  if (differences.empty()) return comparison;
  comparison.difference = summarize(differences).mean;
  comparison.p = mcnemar_p(comparison.only_first, comparison.only_second);
  comparison.smallest_p =
      std::min(1.0, 2.0 * compute::power(0.5, comparison.only_first + comparison.only_second));
  return comparison;
}

}  // namespace ablate
