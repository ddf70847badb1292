#pragma once
/// Tables of factors and ranks: in full for files, and as people read them. Empty where the study has none.

#include "ablate/report/comparison.hpp"
#include "ablate/report/table.hpp"

namespace ablate {

inline constexpr std::size_t most_interactions_shown = 20;

/// Files: a row an effect; a row a source of variance; a row a ranked variant.
Table effects_data(const Comparison& comparison);
Table variance_data(const Comparison& comparison);
Table ranks_data(const Comparison& comparison);

/// Pages. Shares of variance stand without F and p, which take the runs of a seed for independent. Effects
/// that have a value: all main effects, and of more interactions than `most_interactions_shown` the largest.
Table effects_table(const Comparison& comparison);
Table variance_table(const Comparison& comparison);
/// The best first; of the variants that the page shows.
Table ranks_table(const Comparison& comparison);

}  // namespace ablate
