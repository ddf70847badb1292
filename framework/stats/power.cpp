#include "stats/power.hpp"

#include <cmath>
#include <map>
#include <stdexcept>
#include <tuple>

#include "stats/distributions.hpp"
#include "stats/summary.hpp"

namespace ablate {

namespace {

/// The size at which noncentral t finds it: a millisecond's bisection. 2 pairs or more; power above significance.
double solved_size(std::size_t pairs, double significance, double power) {
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

}  // namespace

double detectable_effect_size(std::size_t pairs, double significance, double power) {
  if (!(0.0 < significance && significance < 1.0 && 0.0 < power && power < 1.0)) {
    throw std::invalid_argument("a significance and a power lie between 0 and 1, both left out");
  }
  if (pairs < 2) return undefined;
  if (power <= significance) return 0.0;
  // A report asks for each of its variants, mostly with as many pairs as the one before.
  static thread_local std::map<std::tuple<std::size_t, double, double>, double> solved;
  const auto [size, is_new] = solved.try_emplace({pairs, significance, power}, undefined);
  if (is_new) size->second = solved_size(pairs, significance, power);
  return size->second;
}

}  // namespace ablate
