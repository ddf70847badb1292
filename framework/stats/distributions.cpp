#include "stats/distributions.hpp"

#include <cmath>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "compute/functions.hpp"

namespace ablate {

namespace math = boost::math;

namespace {

// The trapezoid rule is exact to rounding here: the integrand is smooth and dies out as exp(-z^2 / 2).
double normal_range_cdf(double range, std::size_t count) {
  constexpr double step = 1.0 / 32.0, end = 9.0;
  const math::normal standard;
  double sum = 0.0;
  for (double z = -end; z <= end; z += step) {
    const double within = normal_cdf(z) - normal_cdf(z - range);
    sum += math::pdf(standard, z) * compute::power(within, count - 1);
  }
  return static_cast<double>(count) * step * sum;
}

}  // namespace

double normal_cdf(double z) { return math::cdf(math::normal(), z); }

double normal_quantile(double p) { return math::quantile(math::normal(), p); }

double two_sided_t_p(double t, double degrees) {
  return 2.0 * math::cdf(math::complement(math::students_t(degrees), std::abs(t)));
}

double t_quantile_above(double tail, double degrees) {
  return math::quantile(math::complement(math::students_t(degrees), tail));
}

double noncentral_t_above(double t, double degrees, double noncentrality) {
  // Beyond what Boost's series hold, the numerator is as good as constant beside the deviation below it.
  constexpr double large = 1e4;
  if (noncentrality < -large) return 0.0;
  if (noncentrality > large) {
    const double ratio = noncentrality / t;
    return math::cdf(math::chi_squared(degrees), degrees * ratio * ratio);
  }
  return math::cdf(math::complement(math::non_central_t(degrees, noncentrality), t));
}

double chi_squared_above(double x, double degrees) {
  return math::cdf(math::complement(math::chi_squared(degrees), x));
}

double f_above(double f, double degrees, double residual_degrees) {
  return math::cdf(math::complement(math::fisher_f(degrees, residual_degrees), f));
}

double binomial_chance(std::size_t successes, std::size_t trials, double p) {
  return math::pdf(math::binomial(static_cast<double>(trials), p), static_cast<double>(successes));
}

double fair_coin_cdf(std::size_t heads, std::size_t tosses) {
  return math::cdf(math::binomial(static_cast<double>(tosses), 0.5), static_cast<double>(heads));
}

double normal_range_quantile(double p, std::size_t count) {
  double low = 0.0, high = 1.0;
  while (normal_range_cdf(high, count) < p) high *= 2.0;
  while (high - low > 1e-12 * high) {
    const double middle = (low + high) / 2.0;
    (normal_range_cdf(middle, count) < p ? low : high) = middle;
  }
  return high;
}

}  // namespace ablate
