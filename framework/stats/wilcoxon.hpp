#pragma once
/// Wilcoxon's signed-rank test of paired differences.

#include <cstddef>
#include <span>

namespace ablate {

/// The exact distribution is counted up to this many differences that are not 0; above, it is approximated.
inline constexpr std::size_t most_exact_ranks = 50;

struct WilcoxonTest {
  std::size_t n;      ///< differences that are not 0
  double rank_sum;    ///< of the positive differences (W+; R's V)
  double p;           ///< two-sided
  double smallest_p;  ///< 2 / 2^n, at most 1
  bool exact;
};

/// Zeros are left out (Wilcoxon 1945); equal sizes share the mean of their ranks, and the exact distribution
/// is that of those very ranks under all 2^n signs, so ties keep it exact. p = min(1, 2 min(P(W <= w), P(W >=
/// w))). Above `most_exact_ranks`: normal approximation with the ties' variance and a continuity correction
/// of 1/2 (Hollander and Wolfe 1973; SciPy's method "asymptotic"). Sizes within `rounding` times the largest
/// count as equal, and as 0. All zeros, or a single difference: p = 1. No difference, or one that is not
/// finite: p is not a number.
WilcoxonTest wilcoxon_test(std::span<const double> differences);

}  // namespace ablate
