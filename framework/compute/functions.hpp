#pragma once
/// Elementary functions in double precision whose bits are the same on every machine. The C library's differ
/// from machine to machine in the last bit, so none of its exp, log, log1p, cos or pow may be on the way to
/// a number that is stored. These are made of additions, products, quotients and moved bits alone, each
/// rounded as IEEE 754 demands, in one written order: a compiler that does not contract a * b + c
/// (-ffp-contract=off) or assume more (-ffast-math) cannot change a bit. Square roots and fused multiply-adds
/// are exact by the same standard and need no replacement.
///
/// Errors are in units in the last place (ulp) of the exact result, the largest seen over ten million
/// arguments of each range; tests/compute/functions_test.cpp checks them against mpmath.

#include <bit>
#include <cstdint>

#include "compute/elementary.hpp"

namespace ablate::compute {

/// e^x for x in [-708, 709], where the result is a normal number: without branches, so that loops over it
/// become vector code. Elsewhere the result has no meaning. The same bits as exp.
inline double exp_in_range(double x) {
  const ExpParts<double> parts = exp_parts(x);
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(parts.mantissa) +
                               (std::bit_cast<std::uint64_t>(parts.shifted) << 52));
}

/// e^x: infinity above 709.78, 0 below -745.13. 0.98 ulp.
double exp(double x);

/// ln x: -infinity of 0, NaN of less. 0.86 ulp.
double log(double x);

/// ln(1 + x): -infinity of -1, NaN of less. 0.84 ulp.
double log1p(double x);

/// cos(pi x): exactly 0 halfway between whole numbers, NaN of an infinity. 0.74 ulp.
double cos_pi(double x);

/// tanh x: 2 ulp.
double tanh(double x);

/// base^exponent by squaring, with the rounding errors carried along; 1 for exponent 0, infinity beyond the largest number. 0.51 ulp where base
/// and result lie between 1e-280 and 1e280 and the exponent is below 2^40.
double power(double base, std::uint64_t exponent);

}  // namespace ablate::compute
