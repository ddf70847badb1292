#pragma once
/// The primary metric of every single run, epoch by epoch.

#include "report/collect.hpp"

namespace ablate {

/// Fills RunSummary's selected epoch and curves of finished runs.
void add_run_curves(Comparison& comparison, const StudyRecords& records);

}  // namespace ablate
