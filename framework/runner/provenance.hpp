#pragma once
/// Where a run's numbers come from, for its record.

#include "config/settings.hpp"
#include "data/dataset.hpp"
#include "runner/study_audit.hpp"
#include "store/store.hpp"

namespace ablate {

/// The program, the data (which it adds to the store), how an epoch is selected and the training set
/// evaluated, and what the audit found of this variant.
Store::Provenance provenance_of(const RunRecord& run, const Config& config, const Dataset& dataset,
                                const StudyAudit& audit, Store& store, std::int64_t machine_id);

}  // namespace ablate
