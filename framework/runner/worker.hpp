#pragma once
/// One worker: claims a study's runs one after the other, trains each and writes what it reports. Runs in a
/// process of its own (worker_pool.hpp), or in the caller's.

#include <filesystem>
#include <functional>
#include <string>

#include "config/study.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/program_folders.hpp"
#include "runner/run_event.hpp"
#include "runner/study_audit.hpp"
#include "store/store.hpp"
#include "train/training.hpp"

namespace ablate {

/// What all workers of a sweep share. The data sets are loaded.
struct SweepWork {
  const Study& study;
  std::int64_t study_id = 0;
  std::filesystem::path database;
  DatasetCache& datasets;
  const StudyAudit& audit;
  double lease_seconds = 300.0;
  std::string code_sha256 = {};        ///< of a program that trains the runs in our place; empty: we do
  std::vector<RunAttempt> retry = {};  ///< failed and diverged runs that are trained again
  std::function<bool(const std::string& uuid)> trained_elsewhere =
      {};                       ///< such a run is left out; may be empty
  ProgramFolders folders = {};  ///< of a program that trains the runs
};

/// How a sweep opens its results file once it has planned in it: one that is gone is not rebuilt.
inline StoreOptions existing_file() {
  StoreOptions options;
  options.must_exist = true;
  return options;
}

/// Works until no run of the study can be claimed, or until `pulse` says stop: then the run under way goes
/// back to the queue with its whole epochs. A run that fails or diverges is recorded and the next one is
/// claimed. A fault of the store or of the data throws RequestError.
void work(const SweepWork& shared, RunListener& listener, const Pulse& pulse);

}  // namespace ablate
