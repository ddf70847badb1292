#pragma once
/// Tails and quantiles that the tests need. Boost.Math computes them and appears in distributions.cpp
/// alone. Arguments outside of what is stated are the caller's mistake; Boost.Math throws std::domain_error.

#include <cstddef>

namespace ablate {

double normal_cdf(double z);
/// `p` in (0, 1).
double normal_quantile(double p);

/// P(|T| >= |t|) for Student's t.
double two_sided_t_p(double t, double degrees);
/// The t that is exceeded with probability `tail` in (0, 1).
double t_quantile_above(double tail, double degrees);
/// P(T > t) for the noncentral t, t > 0; within 1e-7 where |noncentrality| is above 10^4.
double noncentral_t_above(double t, double degrees, double noncentrality);

double chi_squared_above(double x, double degrees);
double f_above(double f, double degrees, double residual_degrees);

/// P(X = successes) of `trials`, each with chance `p` in [0, 1]; successes <= trials.
double binomial_chance(std::size_t successes, std::size_t trials, double p);

/// P(at most `heads` of `tosses` of a fair coin), heads <= tosses.
double fair_coin_cdf(std::size_t heads, std::size_t tosses);

/// The range of `count` >= 2 independent standard normals is at most this with probability `p` in (0, 1): the
/// studentised range with infinite degrees of freedom. Relative error below 1e-9. Source: the integral
/// P(R <= q) = k int phi(z) (Phi(z) - Phi(z - q))^(k-1) dz (Tippett 1925; Hartley 1942).
double normal_range_quantile(double p, std::size_t count);

}  // namespace ablate
