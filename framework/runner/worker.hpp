#pragma once
/// One worker: claims a study's cells one after the other, trains each and writes what it reports. Runs in a
/// process of its own (worker_pool.hpp), or in the caller's.

#include <filesystem>
#include <limits>
#include <string>

#include "config/study.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/study_audit.hpp"
#include "store/store.hpp"
#include "train/training.hpp"

namespace ablate {

/// What a display needs of an epoch. Plain bytes: it travels through a pipe.
struct EpochProgress {
  int epoch = 0, epochs = 0;  ///< from 1; planned
  double loss = 0.0;
  double validation_accuracy = std::numeric_limits<double>::quiet_NaN();  ///< not a number: no such split
  double test_accuracy = 0.0;
  double samples_per_second = 0.0;
  bool selected = false;
};

/// Told by a worker what it does.
class WorkerListener {
 public:
  virtual ~WorkerListener() = default;
  virtual void cell_started(const RunRecord& run) = 0;
  virtual void epoch_ended(const RunRecord& run, const EpochProgress& progress) = 0;
  /// `status` is done, diverged, failed, waiting or interrupted; `why` is empty for a plain end.
  virtual void cell_ended(const RunRecord& run, RunStatus status, const std::string& why) = 0;
};

/// What all workers of a sweep share. The data sets are loaded.
struct SweepWork {
  const Study& study;
  std::int64_t study_id = 0;
  std::filesystem::path database;
  DatasetCache& datasets;
  const StudyAudit& audit;
  double lease_seconds = 300.0;
  std::string retry_ended_before;  ///< of Claimant
};

/// Works until no cell of the study can be claimed, or until `pulse` says stop: then the cell under way goes
/// back to the queue with its whole epochs. A cell that fails or diverges is recorded and the next one is
/// claimed. A fault of the store or of the data throws RequestError.
void work(const SweepWork& shared, WorkerListener& listener, const Pulse& pulse);

}  // namespace ablate
