#pragma once
/// The designs: which cells a study has, and what each changes.

#include <vector>

#include "config/cells.hpp"

namespace ablate {

/// The cells of the one design in the block `variants`, which may be null, before any is filtered, read or
/// checked; without a design one cell, "default". Those of `list` and `one_at_a_time`'s baseline have names.
/// Throws RequestError with the place, also for designs that do not combine.
std::vector<Cell> design_cells(const Node& variants, const Base& base);

/// "skip=none,hidden=[64]": what messages call a cell that has no name yet.
std::string raw_label(const Cell& cell);

}  // namespace ablate
