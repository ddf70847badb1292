#pragma once
/// What a reader must know of differences, intervals and p beyond a table's heads: sentences, not escaped.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

/// Of a table of differences from the baseline; none without a baseline.
std::vector<std::string> inference_notes(const Comparison& comparison);

}  // namespace ablate
