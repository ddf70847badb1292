#pragma once
/// Where a run's numbers come from, for its record.

#include <span>

#include "config/settings.hpp"
#include "config/trainer_settings.hpp"
#include "data/dataset.hpp"
#include "runner/study_audit.hpp"
#include "store/store.hpp"

namespace ablate {

/// The program, the data (which it adds to the store), how an epoch is selected and the training set
/// evaluated, and what the audit found of this variant.
Store::Provenance provenance_of(const RunRecord& run, const Config& config, const Dataset& dataset,
                                const StudyAudit& audit, Store& store, std::int64_t machine_id);

/// The same of a run that another program trains; `code_sha256` is that program's.
Store::Provenance program_provenance(const TrainerSettings& trainer, const std::string& code_sha256,
                                     std::int64_t machine_id);

/// The test samples of a program's predictions, which are known by their labels alone: these, which must live as long.
DatasetRecord predicted_samples(std::span<const std::uint8_t> truth, int classes);

}  // namespace ablate
