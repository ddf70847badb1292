#include "stats/effect_size.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace ablate {

namespace {

/// Gamma(m / 2) / Gamma((m - 1) / 2) for m >= 2, by Gamma(x + 1) = x Gamma(x): products and quotients alone.
double gamma_ratio(std::size_t m) {
  double ratio = m % 2 == 0 ? std::numbers::inv_sqrtpi : std::numbers::inv_sqrtpi * std::numbers::pi / 2.0;
  for (std::size_t k = m % 2 == 0 ? 2 : 3; k < m; k += 2) {
    ratio *= static_cast<double>(k) / static_cast<double>(k - 1);
  }
  return ratio;
}

}  // namespace

double cohens_d_z(const Summary& differences) {
  return has_spread(differences) ? differences.mean / differences.standard_deviation : undefined;
}

double hedges_g_z(const Summary& differences) {
  if (differences.n < 3) return undefined;
  const std::size_t m = differences.n - 1;
  return cohens_d_z(differences) * gamma_ratio(m) / std::sqrt(static_cast<double>(m) / 2.0);
}

double cliffs_delta(std::span<const double> first, std::span<const double> second) {
  double lead = 0.0;
  for (const double a : first) {
    for (const double b : second) {
      if (std::isnan(a) || std::isnan(b)) return undefined;
      lead += static_cast<double>((a > b) - (a < b));
    }
  }
  return lead / static_cast<double>(first.size() * second.size());
}

double probability_of_improvement(std::span<const double> first, std::span<const double> second) {
  return (cliffs_delta(first, second) + 1.0) / 2.0;
}

}  // namespace ablate
