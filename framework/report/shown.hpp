#pragma once
/// Which variants and splits pages show.

#include <vector>

#include "report/comparison.hpp"

namespace ablate {

/// Variants that a page shows: all up to 60; of more, the baseline, the 40 best and the 10 worst by the
/// primary metric, in the order of the plan.
std::vector<const VariantSummary*> shown_variants(const Comparison& comparison);

/// The variants whose curves can be read together: all up to 8; of more, the baseline, the best by validation
/// and the worst, in the order of the plan.
std::vector<const VariantSummary*> drawn_variants(const Comparison& comparison);

/// The splits in which the comparison shows the primary metric: its own first, then those that have values
/// among test and validation.
std::vector<SplitName> compared_splits(const Comparison& comparison);

/// A difference of test numbers, one side of which is no evidence.
bool is_difference_leaked(const Comparison& comparison, const VariantSummary& variant);

/// How many variants the page shows, of how many; empty where it shows all.
std::string shown_text(const Comparison& comparison);

}  // namespace ablate
