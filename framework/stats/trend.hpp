#pragma once
/// Does an effect rise or fall with the levels of an ordered factor?

#include <cstddef>
#include <span>

#include "stats/interaction.hpp"

namespace ablate {

/// Page's statistic is counted exactly for so many levels; above, it is taken for normal.
inline constexpr std::size_t most_exact_levels = 8;

/// Page's test, two-sided, for the effect's row at each level, levels in their order; mid-ranks for ties. A
/// seed that lacks levels ranks those that it has, and one with a single level takes no part. Statistic: sum
/// over seeds and levels of (place - mean place) times rank; for complete seeds Page's L less its mean. Exact
/// by the distribution of the sum over seeds; for more than `most_exact_levels` levels by the normal
/// approximation, with the ties' variance. No p for less than two levels or no such seed. Source: Page 1963;
/// Hollander and Wolfe 1973.
Interaction trend_of(std::span<const SeedRow> levels);

}  // namespace ablate
