#pragma once
/// Whether runs were still improving when they ended.

#include <vector>

#include "report/collect.hpp"
#include "report/comparison.hpp"

namespace ablate {

/// Fills best_epoch, chose_epoch, late_slope and late_window of every finished run.
void add_late_slopes(Comparison& comparison, const StudyRecords& records);

}  // namespace ablate
