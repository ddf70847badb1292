#pragma once
/// Checks a whole study before any of it is trained, and turns it into what the store writes down.

#include <cstdint>
#include <functional>
#include <vector>

#include "config/study.hpp"
#include "runner/dataset_cache.hpp"
#include "store/records.hpp"

namespace ablate {

/// All runs of a study: every variant under every seed.
struct Plan {
  StudyRecord study;
  std::vector<VariantRecord> variants;  ///< as study.variants, with parameters and FLOPs
  std::vector<std::int64_t> seeds;
};

/// What the file itself says of the study and of a variant, without what only its data show.
StudyRecord study_record(const Study& study);
VariantRecord variant_record(const Variant& variant);
std::vector<std::int64_t> seeds_of(const Study& study);

/// Loads every data set, divides it and builds every variant's network once. Throws RequestError, naming the
/// variant, where one cannot be trained, and Interrupted once `stopped` says so.
Plan plan_study(const Study& study, DatasetCache& datasets, const std::function<bool()>& stopped = {});

/// Images that an epoch of this configuration trains on; the same under every seed.
std::int64_t training_images(const Config& config, const Dataset& dataset);

/// Whether a run of this configuration begins as one with fewer epochs does, to the last bit of every row: nothing
/// in it depends on how many epochs there will be.
bool begins_as_shorter(const Config& config);

/// The digest of this configuration with another number of epochs.
std::string digest_with_epochs(Config config, int epochs);

/// What makes a configuration's test numbers unfit as evidence, whatever the data: training, early stopping
/// or a schedule that sees test. `audit_study` adds what the data themselves do.
std::vector<LeakRecord> protocol_leaks(const Config& config, const Dataset& dataset);

}  // namespace ablate
