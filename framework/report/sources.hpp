#pragma once
/// The SQL that gives the numbers of each table back.

#include <cstdint>

#include "report/comparison.hpp"

namespace ablate {

/// Fills the comparison's sources; its variants, cells and primary metric must be there. The texts hold names
/// of columns and whole numbers only, never a name that a person chose.
void add_sources(Comparison& comparison, std::int64_t study_id);

}  // namespace ablate
