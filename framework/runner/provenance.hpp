#pragma once
/// Where a run's numbers come from, for its record.

#include "ablate/config/settings.hpp"
#include "ablate/data/dataset.hpp"
#include "ablate/runner/study_audit.hpp"
#include "ablate/store/store.hpp"

namespace ablate {

/// The program, the data (which it adds to the store), how an epoch is selected and the training set
/// evaluated, and what the audit found of this variant.
Store::Provenance provenance_of(const RunRecord& run, const Config& config, const Dataset& dataset,
                                const StudyAudit& audit, Store& store, std::int64_t machine_id);

}  // namespace ablate
