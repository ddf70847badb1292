#pragma once
/// Works a study off: claims its cells one by one, trains each and writes what it reports.

#include <atomic>
#include <string>

#include "ablate/config/study.hpp"
#include "ablate/runner/dataset_cache.hpp"
#include "ablate/runner/study_audit.hpp"
#include "ablate/runner/trainer.hpp"
#include "ablate/store/reader.hpp"
#include "ablate/store/store.hpp"

namespace ablate {

struct SweepCounts {
  int cells = 0;  ///< in the study
  int done = 0;   ///< before this sweep and in it
  int diverged = 0, failed = 0;
  int left = 0;  ///< still to be trained
};

/// Told what happens; prints, draws or stays silent. Called from the sweep's own thread.
class SweepListener {
 public:
  virtual ~SweepListener() = default;
  /// Once, before anything is trained.
  virtual void audited(const StudyAudit&) {}
  virtual void planned(const SweepCounts& counts) = 0;
  virtual void cell_started(const RunRecord& run) = 0;
  virtual void epoch_ended(const RunRecord& run, const EpochReport& report) = 0;
  /// `status` is done, diverged, failed or interrupted; `why` is empty for a plain end.
  virtual void cell_ended(const RunRecord& run, RunStatus status, const std::string& why,
                          const SweepCounts& counts) = 0;
};

struct SweepOptions {
  bool retry_failed = false;
  double lease_seconds = 300.0;  ///< a worker that has said nothing for so long is taken for dead
};

struct SweepResult {
  SweepCounts counts;
  int trained = 0;           ///< cells that ended in this sweep
  bool interrupted = false;  ///< `stop` was set
};

/// Audits the study's data, plans it in the store and trains every cell that is not done, failed or diverged
/// (those too on retry_failed). A cell that fails or diverges is recorded and the sweep goes on. A fault of
/// the store ends the sweep with RequestError: what was committed stays. When `stop` becomes true the cell
/// under way goes back to the queue at once. `database` is the store's own file, read for counts.
SweepResult run_sweep(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                      const SweepOptions& options, SweepListener& listener, const std::atomic<bool>& stop);

/// True where this very plan is in the file and none of its cells is left to train; loads no data.
bool nothing_left(const Study& study, const std::filesystem::path& database, bool retry_failed);

/// The study's cells in the file, as they stand; cells of earlier plans that this one lacks do not count. All
/// 0 where the file does not hold the study.
SweepCounts count_cells(const Reader& reader, const Study& study);

}  // namespace ablate
