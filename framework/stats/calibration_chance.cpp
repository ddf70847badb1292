#include "stats/calibration_chance.hpp"

#include <cmath>
#include <stdexcept>

#include "stats/distributions.hpp"
#include "stats/summary.hpp"

namespace ablate {

namespace {

/// E|X - n p| = 2 m (1 - p) P(X = m), m = floor(n p) + 1.
double mean_deviation(std::size_t n, double p) {
  if (p == 0.0 || p == 1.0) return 0.0;
  const double m = std::floor(static_cast<double>(n) * p) + 1.0;
  return 2.0 * m * (1.0 - p) * binomial_chance(static_cast<std::size_t>(m), n, p);
}

}  // namespace

double chance_level_of_ece(std::span<const CalibrationBin> bins) {
  double images = 0.0, deviation = 0.0;
  for (const CalibrationBin& bin : bins) {
    if (!(bin.confidence >= 0.0 && bin.confidence <= 1.0)) {
      throw std::invalid_argument("a confidence lies between 0 and 1");
    }
    if (bin.count == 0) continue;
    images += static_cast<double>(bin.count);
    deviation += mean_deviation(bin.count, bin.confidence);
  }
  return images > 0.0 ? deviation / images : undefined;
}

}  // namespace ablate
