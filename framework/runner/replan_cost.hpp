#pragma once
/// What it costs to train again what a changed study cannot keep.

#include <string>

#include "config/study.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/plan.hpp"
#include "store/reader.hpp"

namespace ablate {

/// "\n  --replan trains 96 runs again, about 11 min", of results that a changed study cannot keep; empty: it
/// keeps all.
std::string replan_cost(const Study& study, const Plan& plan, const Reader& reader, DatasetCache& datasets);

}  // namespace ablate
