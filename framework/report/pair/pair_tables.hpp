#pragma once
/// The tables of two variants or runs: in full for files, and as people read them. B - A throughout.

#include "report/pair/pair.hpp"
#include "text/table.hpp"
#include "text/text_curve.hpp"

namespace ablate {

/// Who A and B are, how many runs of each are done, and what they cost: one row per fact.
Table pair_costs(const PairComparison& compared);

/// One row per seed of either: both values and the difference; where a value is missing, the status of that run.
Table pair_seeds(const PairComparison& compared);

/// The difference in the metric that is reported in full: one row per quantity, with why it has no value.
Table pair_difference_data(const PairComparison& compared);  ///< value, low, high, reason
Table pair_difference_table(const PairComparison& compared);

/// Every metric of the split: one row per metric.
Table pair_metrics_data(const PairComparison& compared);
Table pair_metrics_table(const PairComparison& compared);

/// Means over the finished runs epoch by epoch, in the metric that is reported in full.
Table pair_curve_data(const PairComparison& compared);
std::vector<TextCurve> pair_curves(const PairComparison& compared);

}  // namespace ablate
