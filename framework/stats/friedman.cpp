#include "stats/friedman.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "stats/distributions.hpp"
#include "stats/ranks.hpp"

namespace ablate {

namespace {

// Values as ranks see them: the best is the lowest. Empty where one of them is missing.
std::vector<double> oriented(std::span<const double> row, Best best) {
  std::vector<double> values;
  for (const double value : row) {
    if (!std::isfinite(value)) return {};
    values.push_back(best == Best::lowest ? value : -value);
  }
  return values;
}

// Adds each complete seed's ranks to the test's; returns the sum of the ties' terms.
double add_ranks(FriedmanTest& test, std::span<const double> values, std::size_t variants, Best best) {
  double ties = 0.0;
  for (std::size_t begin = 0; begin < values.size(); begin += variants) {
    const std::vector<double> row = oriented(values.subspan(begin, variants), best);
    if (row.empty()) {
      ++test.left_out;
      continue;
    }
    const std::vector<double> ranks = mid_ranks(row);
    test.mean_ranks.resize(variants);
    for (std::size_t i = 0; i < variants; ++i) test.mean_ranks[i] += ranks[i];
    ties += tie_term(ranks);
    ++test.seeds;
  }
  for (double& rank : test.mean_ranks) rank /= static_cast<double>(test.seeds);
  return ties;
}

}  // namespace

double nemenyi_critical_difference(std::size_t variants, std::size_t seeds, double confidence) {
  require_confidence(confidence);
  if (variants < 2 || seeds == 0) return undefined;
  const auto k = static_cast<double>(variants), n = static_cast<double>(seeds);
  const double q = normal_range_quantile(confidence, variants) / std::numbers::sqrt2;
  return q * std::sqrt(k * (k + 1.0) / (6.0 * n));
}

FriedmanTest friedman_test(std::span<const double> values, std::size_t variants, Best best,
                           double confidence) {
  require_confidence(confidence);
  if (variants == 0 || values.size() % variants != 0) {
    throw std::invalid_argument("a seed's row has a value for every variant");
  }
  FriedmanTest test;
  const double ties = add_ranks(test, values, variants, best);
  const auto k = static_cast<double>(variants), n = static_cast<double>(test.seeds);
  const double untied = 1.0 - ties / (n * k * (k * k - 1.0));
  if (variants < 3) {
    test.reason = "fewer than three variants are compared in pairs";
  } else if (test.seeds < 2) {
    test.reason = "fewer than two seeds have a value of every variant";
  } else if (untied < rounding) {
    test.reason = "all variants are alike in every seed";
  }
  if (!test.reason.empty()) return test;
  double spread = 0.0;
  for (const double rank : test.mean_ranks) spread += (rank - (k + 1.0) / 2.0) * (rank - (k + 1.0) / 2.0);
  test.chi_squared = 12.0 * n / (k * (k + 1.0)) * spread / untied;
  test.p = chi_squared_above(test.chi_squared, k - 1.0);
  test.critical_difference = nemenyi_critical_difference(variants, test.seeds, confidence);
  return test;
}

}  // namespace ablate
