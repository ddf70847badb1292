#include "stats/effect_size.hpp"

#include <cmath>
#include <cstddef>

namespace ablate {

double cohens_d_z(const Summary& differences) {
  return has_spread(differences) ? differences.mean / differences.standard_deviation : undefined;
}

double hedges_g_z(const Summary& differences) {
  if (differences.n < 3) return undefined;
  const double m = static_cast<double>(differences.n) - 1.0;
  const double correction =
      std::exp(std::lgamma(m / 2.0) - std::lgamma((m - 1.0) / 2.0)) / std::sqrt(m / 2.0);
  return cohens_d_z(differences) * correction;
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
