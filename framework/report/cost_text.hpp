#pragma once
/// What a variant costs, in words.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// "parameters +7.7% (200,000 to 215,343), FLOPs per sample …, training time …": from the baseline to the
/// variant. Time only where all runs were made on one machine.
std::string cost_text(const Comparison& comparison, const VariantSummary& base,
                      const VariantSummary& variant);

}  // namespace ablate
