#pragma once
/// Whether runs were trained long enough for what is claimed of them (stats/convergence.hpp).

#include <vector>

#include "report/fairness.hpp"

namespace ablate {

/// How many of the compared variants still improved, where some did.
void add_still_improving(std::vector<Warning>& warnings, const Comparison& comparison);

/// The first contrast whose difference still grew or shrank at the end, if there is one.
void add_moving_difference(std::vector<Warning>& warnings, const Comparison& comparison);

}  // namespace ablate
