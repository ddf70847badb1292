#pragma once
/// The sign-flip test of paired differences.

#include <cstddef>
#include <span>

namespace ablate {

/// The exact test tries all 2^n signs: a million at this n, in milliseconds.
inline constexpr std::size_t most_exact_pairs = 20;

/// Above it, so many choices of signs are drawn; the observed one is counted with them.
inline constexpr std::size_t drawn_sign_choices = 99'999;

/// Test of a mean of 0: were the sign of each difference a coin's toss, how often would the sum be at least
/// as far from 0 as the observed one?
struct SignFlipTest {
  double p;               ///< two-sided
  double standard_error;  ///< of p: 0 where it is exact, sqrt(p (1 - p) / draws) where it is drawn
  double smallest_p;      ///< 2 / 2^n, at most 1: below it no exact p of n pairs can be
};

/// n <= most_exact_pairs: exact (Fisher 1935), p = as far / 2^n. Above: p = (1 + as far) / (1 + drawn)
/// (Phipson and Smyth 2010) with a fixed stream, so the same differences give the same bits. Sums within
/// `rounding` times the sum of sizes count as equal. p is 1 for n = 1 and where all differences are 0. n = 0:
/// nothing is a number. A difference that is not finite: p is not a number.
SignFlipTest sign_flip_test(std::span<const double> differences);

}  // namespace ablate
