#pragma once
/// The difference of two variants, paired by seed.

#include <span>
#include <string_view>

#include "stats/bootstrap.hpp"
#include "stats/permutation.hpp"
#include "stats/summary.hpp"
#include "stats/wilcoxon.hpp"

namespace ablate {

/// What n differences (variant - baseline, one a seed) say about their mean. What they cannot say is not a
/// number:
/// - n = 0: everything.
/// - n = 1: no spread is known: all but the means and the exact tests, whose p is 1.
/// - no spread (`has_spread`): t, its p, the effect sizes and the detectable difference. The intervals are
///   points, and the exact tests stand. A t test's p of 0 would claim what n values cannot.
struct PairedDifference {
  Summary summary;
  double interquartile_mean = undefined;
  Interval interval;                        ///< Student's t for the mean
  BootstrapInterval bootstrap;              ///< BCa for the mean
  double effect_size = undefined;           ///< Cohen's d_z
  double unbiased_effect_size = undefined;  ///< with Hedges' correction; not a number for n = 2 either
  double t = undefined;                     ///< mean / (standard deviation / sqrt(n))
  double t_p = undefined;                   ///< two-sided, n - 1 degrees of freedom
  double permutation_p = undefined;  ///< the sign-flip test's: exact up to `most_exact_pairs`, drawn above
  double permutation_error = undefined;       ///< its standard error; 0 where it is exact
  double smallest_permutation_p = undefined;  ///< 2 / 2^n, at most 1: below it no exact p of n pairs can be
  double wilcoxon_p = undefined;              ///< the signed-rank test's
  double detectable_effect_size = undefined;  ///< d_z that n pairs find 8 times in 10, by the t test
  double detectable_difference = undefined;   ///< the same in the metric, at the spread that was seen
  std::string_view reason = {};               ///< why there is no t test; empty where there is one
};

/// `confidence` in (0, 1), or std::invalid_argument is thrown; tests to be found have significance 1 -
/// confidence. Differences that are not numbers are the caller's to leave out (`pair_by_seed` does); one
/// among them makes every result but n, the floor and the detectable effect size not a number.
PairedDifference paired_difference(std::span<const double> differences, double confidence);

}  // namespace ablate
