#pragma once
/// Works a study off: plans its cells in the store and has workers train them.

#include <atomic>
#include <string>

#include "config/study.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/study_audit.hpp"
#include "runner/worker.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"

namespace ablate {

struct SweepCounts {
  int cells = 0;  ///< in the study
  int done = 0;   ///< before this sweep and in it
  int diverged = 0, failed = 0;
  int stopped = 0;  ///< by the study's stop rule
  int left = 0;     ///< still to be trained
};

/// Told what happens; prints, draws or stays silent. Called from the sweep's own thread. Workers count from
/// 0.
class SweepListener {
 public:
  virtual ~SweepListener() = default;
  /// Once, before anything is trained.
  virtual void audited(const StudyAudit&) {}
  /// `workers` will share the cells.
  virtual void planned(const SweepCounts& counts, int workers) = 0;
  virtual void cell_started(int worker, const RunRecord& run) = 0;
  virtual void epoch_ended(int worker, const RunRecord& run, const EpochProgress& progress) = 0;
  /// `status` is done, diverged, failed, waiting or interrupted; `why` is empty for a plain end.
  virtual void cell_ended(int worker, const RunRecord& run, RunStatus status, const std::string& why,
                          const SweepCounts& counts) = 0;
  /// A worker died; its cell goes back to the queue, or has failed.
  virtual void worker_died(int, const RunRecord&, const std::string&) {}
  /// At least four times a second while workers run.
  virtual void tick() {}
};

struct SweepOptions {
  int jobs = 1;         ///< worker processes; 0: work in this process, where a crash takes all with it
  bool replan = false;  ///< the study may differ from what was begun
  bool retry_failed = false;
  AuditOptions audit = {};       ///< of the data, before anything is trained
  double lease_seconds = 300.0;  ///< a worker that has said nothing for so long is taken for dead
};

struct SweepResult {
  SweepCounts counts;
  int trained = 0;           ///< cells that ended in this sweep
  bool interrupted = false;  ///< `stop` was set
};

/// Audits the study's data, plans it in the store and trains every cell that is not done, failed or diverged
/// (those too on retry_failed), in `jobs` worker processes that share the images. A cell that fails or
/// diverges is recorded and the sweep goes on; one whose worker dies three times without a whole epoch in
/// between has failed. A fault of the store ends the sweep with RequestError: what was committed stays. When
/// `stop` becomes true the cells under way go back to the queue at once, with their whole epochs. The caller
/// must have no database open.
SweepResult run_sweep(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                      const SweepOptions& options, SweepListener& listener, const std::atomic<bool>& stop);

/// True where this very study file (question, baseline and report settings included) and plan is in the file
/// and none of its cells is left to train; loads no data.
bool nothing_left(const Study& study, const std::filesystem::path& database, bool retry_failed);

/// The study's cells in the file, as they stand, without those that its newest plan lacks. All 0 where the
/// file does not hold the study.
SweepCounts count_cells(const Reader& reader, const std::string& study);

}  // namespace ablate
