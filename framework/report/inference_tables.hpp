#pragma once
/// Tables of factors and ranks: in full for files, and as people read them. Empty where the study has none.

#include "ablate/report/comparison.hpp"
#include "ablate/report/table.hpp"

namespace ablate {

/// Files: a row an effect; a row a source of variance; a row a ranked variant.
Table effects_data(const Comparison& comparison);
Table variance_data(const Comparison& comparison);
Table ranks_data(const Comparison& comparison);

/// Pages. Effects that have a value: all main effects, and of more than 20 interactions the 20 largest.
Table effects_table(const Comparison& comparison);
Table variance_table(const Comparison& comparison);
/// The best first; of the variants that the page shows.
Table ranks_table(const Comparison& comparison);

}  // namespace ablate
