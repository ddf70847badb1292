#pragma once
/// The difference of two variants, paired by seed.

#include <cstddef>
#include <span>

#include "ablate/stats/summary.hpp"

namespace ablate {

/// What n differences (variant - baseline, one a seed) say about their mean. Values that cannot be had are
/// not numbers:
/// - n = 0: all of them.
/// - n = 1: no spread is known: all but the mean and the permutation test, whose p is 1.
/// - no spread (a standard deviation of at most 1e-10 of the mean's size, or all differences 0): t, its p and
/// the effect
///   size; the interval is a point, and the permutation test stands. A t test's p of 0 would claim what n
///   values cannot.
struct PairedDifference {
  Summary summary;
  Interval interval;              ///< Student's t for the mean
  double effect_size;             ///< Cohen's d_z: mean / standard deviation of the differences
  double t;                       ///< mean / (standard deviation / sqrt(n))
  double t_p;                     ///< two-sided, n - 1 degrees of freedom
  double permutation_p;           ///< two-sided, exact; not a number above `most_exact_pairs` pairs
  double smallest_permutation_p;  ///< 2 / 2^n, at most 1: below it no exact p of n pairs can be
};

/// The exact test tries 2^n signs: a million at this n.
constexpr std::size_t most_exact_pairs = 20;

/// `confidence` in (0, 1), or std::invalid_argument is thrown. Differences that are not numbers are the
/// caller's to leave out; one among them makes every result but n and the floor not a number.
PairedDifference paired_difference(std::span<const double> differences, double confidence);

/// Exact sign-flip test of a mean of 0 (Fisher 1935): the share of the 2^n ways to choose signs whose sum is
/// at least as far from 0 as the observed one. Sums within 1e-12 of the sum of sizes count as equal. Not a
/// number for n = 0, n > most_exact_pairs or differences that are not finite.
double sign_flip_p(std::span<const double> differences);

}  // namespace ablate
