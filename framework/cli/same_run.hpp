#pragma once
/// Imported runs of which a study can have one only.

#include <string>

#include "exchange/foreign_runs.hpp"

namespace ablate {

/// What to try where two runs would be one variant under one seed: the parameters that tell them apart, or that none
/// does. `seed` is the parameter that holds it, `kind` what is imported, "csv".
std::string same_run_advice(const ForeignRun& one, const ForeignRun& other, const std::string& seed,
                            const std::string& kind);

}  // namespace ablate
