#pragma once
/// Runs that are parts of others: MLflow's nested runs, as a search for hyperparameters has them.

#include "exchange/foreign_runs.hpp"

namespace ablate {

/// Leaves what was measured once: a run that has runs with metrics below it is left out, as it repeats or sums up
/// theirs, and they take those of its parameters that they lack. A run without metrics is left out, too. What was left
/// out is noted, unless it has neither parameters nor metrics.
void leave_out_parents(ForeignRuns& all);

}  // namespace ablate
