#include "compute/functions.hpp"

#include <cmath>
#include <limits>

namespace ablate::compute {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// 2^power for a normal result.
double two_to(std::int64_t power) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(power + 1023) << 52);
}

struct Reduced {
  double k;       ///< of 2^k
  double scaled;  ///< in [1/sqrt 2, sqrt 2)
};

/// x = 2^k scaled, for a normal positive x.
Reduced reduce(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::int64_t k = static_cast<std::int64_t>(bits - root_of_half) >> 52;
  return {static_cast<double>(k), std::bit_cast<double>(bits - (static_cast<std::uint64_t>(k) << 52))};
}

/// The number with the lower 27 bits of its significand cleared: the product of two such is exact.
double upper_half(double x) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & ~std::uint64_t{0x7ffffff});
}

/// cos(pi r) for r in [0, 1/4], as 1 - z pi^2 / 2 + z^2 p(z) with z = r^2; what the larger steps lose is added.
double cos_near_0(double r) {
  const double r_high = upper_half(r), r_low = r - r_high;
  const double z = r * r, z_lost = (r_high * r_high - z) + r_low * (r + r_high);
  double p = -0x1.b2f3eb054afcdp-14;
  p = p * z + 0x1.f9ce245cada0bp-10;
  p = p * z - 0x1.a6d1eef479be1p-6;
  p = p * z + 0x1.e1f5068688d5bp-3;
  p = p * z - 0x1.55d3c7e3cb241p+0;
  p = p * z + 0x1.03c1f081b5ac0p+2;
  constexpr double c = 0x1.3bd3cc9be45dep+2, c_high = 0x1.3bd3cc8000000p+2, c_low = 0x1.be45de5a4adc5p-26;
  const double z_high = upper_half(z);
  const double fall = z_high * c_high;
  const double near = 1.0 - fall, near_lost = (1.0 - near) - fall;
  return near + (near_lost - (z_high * c_low + ((z - z_high) + z_lost) * c) + z * z * p);
}

/// sin(pi r) for r in [0, 1/4]. Both r and pi are split in two, so that the largest product is exact.
double sin_near_0(double r) {
  const double z = r * r;
  double p = -0x1.6cc577dadd922p-16;
  p = p * z + 0x1.e8f036bcd3237p-12;
  p = p * z - 0x1.e3074d2614b2dp-8;
  p = p * z + 0x1.50783486facaap-4;
  p = p * z - 0x1.32d2cce62b872p-1;
  p = p * z + 0x1.466bc6775aae1p+1;
  p = p * z - 0x1.4abbce625be53p+2;
  constexpr double pi = 0x1.921fb54442d18p+1, pi_high = 0x1.921fb50000000p+1, pi_low = 0x1.110b4611a6263p-25;
  const double r_high = upper_half(r), r_low = r - r_high;
  return r_high * pi_high + (r_high * pi_low + r_low * pi + r * z * p);
}

/// A number as the sum of two, the second below half a unit in the last place of the first.
struct Pair {
  double high, low;
};

Pair product(Pair a, Pair b) {
  const double high = a.high * b.high;
  if (!(high - high == 0.0)) return {high, 0.0};  // infinite: it has no rounding error
  const double low = std::fma(a.high, b.high, -high) + (a.high * b.low + a.low * b.high);
  const double sum = high + low;
  return {sum, low - (sum - high)};
}

}  // namespace

double exp(double x) {
  if (x != x) return x;
  if (x > 709.8) return infinity;
  if (x < -745.2) return 0.0;
  const ExpParts<double> parts = exp_parts(x);
  const auto n = static_cast<std::int64_t>(parts.n);
  return parts.mantissa * two_to(n / 2) * two_to(n - n / 2);
}

double log(double x) {
  if (!(x > 0.0)) return x == 0.0 ? -infinity : not_a_number;
  if (x == infinity) return x;
  const bool subnormal = x < std::numeric_limits<double>::min();
  const Reduced reduced = reduce(subnormal ? x * 0x1p54 : x);
  return log_reduced(subnormal ? reduced.k - 54.0 : reduced.k, reduced.scaled - 1.0, 0.0);
}

double log1p(double x) {
  if (!(x > -1.0)) return x == -1.0 ? -infinity : not_a_number;
  if (x > 0x1p60) return log(x);
  const double sum = 1.0 + x;
  const double lost = x > 1.0 ? 1.0 - (sum - x) : x - (sum - 1.0);  // exact: what rounding took from the sum
  const Reduced reduced = reduce(sum);
  if (reduced.k == 0.0) return log_reduced(0.0, x, 0.0);
  return log_reduced(reduced.k, reduced.scaled - 1.0, lost / sum);
}

double cos_pi(double x) {
  if (!(x - x == 0.0)) return not_a_number;
  double r = std::abs(x);
  r -= 2.0 * std::floor(0.5 * r);  // [0, 2); this and the folds below are exact
  if (r > 1.0) r = 2.0 - r;
  const bool negative = r > 0.5;
  if (negative) r = 1.0 - r;
  const double cosine = r <= 0.25 ? cos_near_0(r) : sin_near_0(0.5 - r);
  return negative ? -cosine : cosine;
}

double tanh(double x) {
  const double a = std::abs(x);
  if (a > 22.0) return std::copysign(1.0, x);
  if (a > 0.35) return std::copysign(1.0 - 2.0 / (exp(2.0 * a) + 1.0), x);
  const double z = x * x;  // Lambert's continued fraction
  const double tail = 5.0 + z / (7.0 + z / (9.0 + z / (11.0 + z / (13.0 + z / 15.0))));
  return x - x * (z / (3.0 + z / tail)) / (1.0 + z / (3.0 + z / tail));
}

double power(double base, std::uint64_t exponent) {
  Pair result{1.0, 0.0};
  for (Pair square{base, 0.0}; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = product(result, square);
    if (exponent > 1) square = product(square, square);
  }
  return result.high;
}

}  // namespace ablate::compute
