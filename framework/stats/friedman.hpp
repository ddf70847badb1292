#pragma once
/// Many variants at once: the Friedman test, mean ranks and the Nemenyi critical difference.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "stats/summary.hpp"

namespace ablate {

enum class Best { highest, lowest };

struct FriedmanTest {
  std::size_t seeds = 0, left_out = 0;  ///< ranked; left out, because a variant has no value there
  std::vector<double> mean_ranks;       ///< one rank per variant, 1 the best; empty where no seed is complete
  double chi_squared = undefined;
  double p = undefined;
  double critical_difference = undefined;  ///< Nemenyi's
  std::string_view reason = {};            ///< why there is no p; empty where there is one
};

/// Do the variants differ in rank? `values` is a table, one row per seed, one column per variant; a value that is not
/// finite leaves its seed out, for ranks need every variant. Ties share the mean of their ranks, and chi
/// squared, with variants - 1 degrees of freedom, is corrected for them; it is an approximation, and cautious
/// for few seeds. No p for fewer than three variants (compare two in pairs), fewer than two complete seeds,
/// or where all variants tie in every seed. Throws std::invalid_argument where the values fill no whole rows,
/// or for a confidence outside of (0, 1). Source: Friedman 1937, the ties as in Conover 1999 (SciPy's
/// friedmanchisquare); its use for variants: Demsar 2006.
FriedmanTest friedman_test(std::span<const double> values, std::size_t variants, Best best,
                           double confidence);

/// Two variants whose mean ranks differ by less cannot be told apart at 1 - confidence: q sqrt(k (k + 1) / (6
/// n)), q the studentised range's quantile over sqrt(2), infinite degrees of freedom. Not a number for fewer
/// than two variants or no seed. Source: Nemenyi 1963; Demsar 2006, eq. 6.
double nemenyi_critical_difference(std::size_t variants, std::size_t seeds, double confidence);

}  // namespace ablate
