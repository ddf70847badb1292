#include "stats/power.hpp"

#include <cmath>
#include <stdexcept>

#include "stats/distributions.hpp"
#include "stats/summary.hpp"

namespace ablate {

double detectable_effect_size(std::size_t pairs, double significance, double power) {
  if (!(0.0 < significance && significance < 1.0 && 0.0 < power && power < 1.0)) {
    throw std::invalid_argument("a significance and a power lie between 0 and 1, both left out");
  }
  if (pairs < 2) return undefined;
  if (power <= significance) return 0.0;
  const double degrees = static_cast<double>(pairs) - 1.0;
  const double critical = t_quantile_above(significance / 2.0, degrees);
  const auto found = [&](double noncentrality) {
    return noncentral_t_above(critical, degrees, noncentrality) +
           noncentral_t_above(critical, degrees, -noncentrality);
  };
  double low = 0.0, high = 1.0;
  while (found(high) < power) high *= 2.0;
  while (high - low > 1e-14 * high) {
    const double middle = (low + high) / 2.0;
    (found(middle) < power ? low : high) = middle;
  }
  return high / std::sqrt(static_cast<double>(pairs));
}

}  // namespace ablate
