#pragma once
/// Does an effect depend on another factor's level?

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "stats/contrast.hpp"

namespace ablate {

/// Up to so many arrangements are all tried; above, as many are drawn.
inline constexpr std::size_t most_exact_arrangements = 100'000;

struct Interaction {
  std::size_t seeds = 0;  ///< with values at two levels or more
  double statistic = undefined;
  double p = undefined;
  double smallest_p = undefined;  ///< below it no p of so many seeds and levels can be
  bool exact = false;
  std::string_view reason = {};  ///< why there is no p; empty where there is one
};

/// `levels`: the effect's row at each level of the other factor. Were the level of no matter, a seed's values
/// would be exchangeable over its levels: they are permuted within each seed, jointly over all arrangements.
/// Statistic: with each seed's values less their mean, the sum over levels of (sum over seeds)^2 / seeds of
/// the level; large is against the null. All arrangements up to `most_exact_arrangements` (the first of the
/// complete seeds may stay as it is: the statistic does not know the levels' names), else drawn from the
/// stream "stats/interaction", p = (1 + as large) / (1 + drawn). Sums within `rounding` count as equal. A seed
/// with one level takes no part. No p for less than two levels or no such seed. Source: Fisher 1935; within
/// blocks: Welch 1990.
Interaction interaction_of(std::span<const SeedRow> levels);

}  // namespace ablate
