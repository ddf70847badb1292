#include "ablate/stats/paired.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

namespace ablate {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Sums of the sizes under every choice of signs.
std::vector<double> signed_sums(std::span<const double> sizes) {
  std::vector<double> sums{0.0};
  for (const double size : sizes) {
    const std::size_t count = sums.size();
    for (std::size_t i = 0; i < count; ++i) {
      sums.push_back(sums[i] - size);
      sums[i] += size;
    }
  }
  return sums;
}

double two_sided_t_p(double t, double degrees) {
  const boost::math::students_t distribution(degrees);
  return 2.0 * boost::math::cdf(boost::math::complement(distribution, std::abs(t)));
}

bool has_spread(const Summary& summary) {
  return summary.standard_deviation > 1e-10 * std::abs(summary.mean);
}

}  // namespace

double sign_flip_p(std::span<const double> differences) {
  double size = 0.0, sum = 0.0;
  for (const double difference : differences) {
    size += std::abs(difference);
    sum += difference;
  }
  if (differences.empty() || differences.size() > most_exact_pairs || !std::isfinite(size)) return none;
  const double bound = std::abs(sum) - 1e-12 * size;
  const std::size_t half = differences.size() / 2;
  const std::vector<double> left = signed_sums(differences.first(half));
  const std::vector<double> right = signed_sums(differences.subspan(half));
  std::size_t as_far = 0;
  for (const double a : left) {
    for (const double b : right) as_far += std::abs(a + b) >= bound;
  }
  return static_cast<double>(as_far) / static_cast<double>(left.size() * right.size());
}

PairedDifference paired_difference(std::span<const double> differences, double confidence) {
  const Summary summary = summarize(differences);
  PairedDifference result{.summary = summary,
                          .interval = t_interval(summary, confidence),
                          .effect_size = none,
                          .t = none,
                          .t_p = none,
                          .permutation_p = sign_flip_p(differences),
                          .smallest_permutation_p = none};
  if (summary.n == 0) return result;
  const auto n = static_cast<double>(summary.n);
  result.smallest_permutation_p = std::min(1.0, 2.0 * std::exp2(-n));
  if (summary.n < 2 || !has_spread(summary)) return result;
  result.effect_size = summary.mean / summary.standard_deviation;
  result.t = result.effect_size * std::sqrt(n);
  result.t_p = two_sided_t_p(result.t, n - 1.0);
  return result;
}

}  // namespace ablate
