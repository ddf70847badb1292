#pragma once
/// The exponential and the logarithm of a double or of a vector of them: one source, so that lanes have the bits of
/// single numbers.

#include <cstdint>

namespace ablate::compute {

/// e^x as mantissa 2^n: n a whole number, the mantissa in [0.7, 1.5].
template <class Double>
struct ExpParts {
  Double mantissa, n;
  Double shifted;  ///< n in the lowest bits, as a two's complement
};

/// For |x| below 1e9. x = n ln 2 + r with |r| <= ln(2) / 2, where ln 2 is split so that n times its first part
/// is exact (Cody and Waite 1980); the mantissa is 1 + r + r^2 q(r), q an interpolant at Chebyshev's nodes.
template <class Double>
static inline __attribute__((always_inline)) ExpParts<Double> exp_parts(Double x) {
  constexpr double to_integer = 0x1.8p52;  // added, it leaves the nearest integer in the low bits of the sum
  const Double shifted = x * 0x1.71547652b82fep+0 + to_integer;
  const Double n = shifted - to_integer;
  const Double r_high = x - n * 0x1.62e42fee00000p-1;
  const Double r_low = n * 0x1.a39ef35793c76p-33;
  const Double r = r_high - r_low;
  const Double r2 = r * r, r4 = r2 * r2;  // after Estrin (1960): few steps wait for one another
  const Double q0 = (r * 0x1.5555555555556p-3 + 0x1.0000000000001p-1) +
                    r2 * (r * 0x1.11111111109b3p-7 + 0x1.5555555553d63p-5);
  const Double q4 = (r * 0x1.a01a01a7c41d5p-13 + 0x1.6c16c1788bd90p-10) +
                    r2 * (r * 0x1.71de0dae63bb3p-19 + 0x1.a019b90d2ae7ap-16);
  const Double q8 = r * 0x1.af38a9b0ec855p-26 + 0x1.289185613a3d6p-22;
  const Double q = q0 + r4 * (q4 + r4 * q8);
  return {1.0 + (r_high + (r2 * q - r_low)), n, shifted};
}

/// The bits of 1/sqrt 2: what begins with it and ends below twice as much has its logarithm taken without a power of 2.
constexpr std::uint64_t root_of_half = 0x3fe6a09e667f3bcd;

/// k ln 2 + ln(1 + f) + correction, for 1 + f in [1/sqrt 2, sqrt 2]: with s = f / (2 + f) the logarithm is
/// 2 atanh(s) = 2 s + s^3 R(s^2), and 2 s = f - s f.
template <class Double>
static inline __attribute__((always_inline)) Double log_reduced(Double k, Double f, Double correction) {
  const Double s = f / (2.0 + f);
  const Double z = s * s;
  Double p = z * 0x1.2b59b713616c9p-3 + 0x1.39fe42e9740a7p-3;
  p = p * z + 0x1.7462b58e46ebep-3;
  p = p * z + 0x1.c71c62e26208bp-3;
  p = p * z + 0x1.2492492df3ba9p-2;
  p = p * z + 0x1.99999999952ccp-2;
  p = p * z + 0x1.5555555555558p-1;
  const Double half_square = 0.5 * f * f;
  // f - s f = f - f^2 / 2 + s f^2 / 2: what is large is exact, or nearly so
  const Double small = s * (half_square + z * p) + (k * 0x1.a39ef35793c76p-33 + correction);
  return k * 0x1.62e42fee00000p-1 + (f - (half_square - small));
}

}  // namespace ablate::compute
