#pragma once
/// The tables of a report: in full for files, and as people read them.

#include "report/comparison.hpp"
#include "text/table.hpp"

namespace ablate {

/// Files: a row a variant; a row a variant, split and metric; a row a run. Numbers in full.
Table comparison_data(const Comparison& comparison);
Table metrics_data(const Comparison& comparison);
Table runs_data(const Comparison& comparison);

/// Variants that a page shows: all up to 60; of more, the baseline, the 40 best and the 10 worst by the
/// primary metric, in the order of the plan.
std::vector<const VariantSummary*> shown_variants(const Comparison& comparison);

/// The splits in which the comparison shows the primary metric: its own first, then those that have values
/// among test and validation.
std::vector<SplitName> compared_splits(const Comparison& comparison);
/// A difference of test numbers, one side of which is no evidence.
bool is_difference_leaked(const Comparison& comparison, const VariantSummary& variant);

/// Pages: means with deviations, differences with intervals, leaked numbers with a dagger.
enum class Rows { shown, all };
Table comparison_table(const Comparison& comparison, Rows rows = Rows::shown);
Table metrics_table(const Comparison& comparison);
/// Runs that are not done, at most 50.
Table unfinished_table(const Comparison& comparison);

}  // namespace ablate
