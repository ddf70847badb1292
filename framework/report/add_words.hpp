#pragma once
/// What a contrast says once runs that diverged or failed are counted.

#include <cstdint>

#include "report/comparison.hpp"

namespace ablate {

/// Fills `pooled` and `levels` from the conclusion, and from what became of the seeds up to `last_seed`.
void add_words(AnsweredContrast& of, const Comparison& comparison, std::int64_t last_seed);

}  // namespace ablate
