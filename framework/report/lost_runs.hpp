#pragma once
/// Runs that a comparison lacks, and on which side they are.

#include <string>
#include <string_view>
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

/// It diverged, ended without a number, or failed: an outcome, and no missing value.
bool is_loss(const Comparison& comparison, const RunSummary& run);
/// Such runs of a variant.
std::size_t losses(const Comparison& comparison, const VariantSummary& variant);

/// What became of such runs of these variants (places): "diverged", "failed" or "diverged or failed".
std::string_view how_lost(const Comparison& comparison, const std::vector<std::size_t>& variants);
/// The same of both sides.
std::string_view how_lost(const Comparison& comparison, const AnsweredContrast& of);

void add_divergence(std::vector<Warning>& warnings, const Comparison& comparison);
void add_unreported(std::vector<Warning>& warnings, const Comparison& comparison);

/// Variants that a stop rule cut.
void add_stopped(std::vector<Warning>& warnings, const Comparison& comparison);

/// Planned runs without a result, and who failed where not every side did.
void add_unfinished(std::vector<Warning>& warnings, const Comparison& comparison);

}  // namespace ablate
