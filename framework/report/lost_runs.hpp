#pragma once
/// Runs that a comparison lacks, and on which side they are.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/fairness.hpp"

namespace ablate {

/// The variants of all contrasts; all of the study where there are none, as in an unpaired one.
std::vector<const VariantSummary*> compared_sides(const Comparison& comparison);

/// Runs of a variant that diverged, or ended without a number.
std::size_t lost_runs(const Comparison& comparison, const VariantSummary& variant);
/// Those that finished, but did not report the primary metric at their selected epoch.
std::size_t unreported_runs(const Comparison& comparison, const VariantSummary& variant);

/// "failed"; of a finished run without a value, why it has none: "diverged", "not reported at epoch 5".
std::string standing_text(const Comparison& comparison, const RunSummary& run);

void add_divergence(std::vector<Warning>& warnings, const Comparison& comparison);
void add_unreported(std::vector<Warning>& warnings, const Comparison& comparison);

/// Planned runs without a result, and who failed where not every side did.
void add_unfinished(std::vector<Warning>& warnings, const Comparison& comparison);

}  // namespace ablate
