#pragma once
/// Works a study off: plans its runs in the store and has workers train them.

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "config/study.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/run_event.hpp"
#include "runner/study_audit.hpp"
#include "runner/worker.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"

namespace ablate {

/// Notified of what happens; prints, draws or stays silent. Called from the sweep's own thread.
class SweepListener : public RunListener {
 public:
  /// Once, before anything is trained.
  virtual void audited(const StudyAudit&) {}
  /// `workers` will share the runs.
  virtual void planned(const SweepCounts& counts, int workers) = 0;
};

/// Of a sweep over some runs of a study, whose results are put together elsewhere.
struct SweepPart {
  /// Called once the runs are planned, with the file closed: takes out what others train.
  std::function<void(std::int64_t study_id)> narrow;
  /// Asked by a worker before it begins a run, by its uuid; true: the run is left out.
  std::function<bool(const std::string& uuid)> trained_elsewhere;
  ProgramFolders folders = {};  ///< of a program that trains the runs
};

struct SweepOptions {
  int jobs = 1;         ///< worker processes; 0: work in this process, where a crash takes all with it
  bool replan = false;  ///< results that the study no longer asks for may be set aside
  bool retry_failed = false;
  AuditOptions audit = {};       ///< of the data, before anything is trained
  AuditCache* audits = nullptr;  ///< of earlier sweeps with the same options, which are not made again
  std::function<void()> before_writing = {};  ///< all is checked and loaded; may be empty
  /// Once it says so after `stop`, programs that were asked to end are killed; may be null.
  const std::atomic<bool>* at_once = nullptr;
  bool only_plan = false;              ///< write the plan and train nothing: GPUs may be elsewhere
  std::optional<SweepPart> part = {};  ///< nothing: all of the study
  double lease_seconds = 300.0;        ///< a worker that has said nothing for so long is taken for dead
};

struct SweepResult {
  SweepCounts counts;
  int trained = 0;           ///< runs that ended in this sweep
  bool interrupted = false;  ///< `stop` was set, or a signal ended workers before all was trained
};

/// Audits the study's data, plans it in the store and trains every run that is not done, failed or diverged
/// (those too on retry_failed), in `jobs` worker processes that share the images. A run that fails or
/// diverges is recorded and the sweep goes on; one whose worker dies three times without a whole epoch in
/// between has failed. A fault of the store ends the sweep with RequestError: what was committed stays. When
/// `stop` becomes true the runs under way go back to the queue at once, with their whole epochs. The caller
/// must have no database open.
SweepResult run_sweep(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                      const SweepOptions& options, SweepListener& listener, const std::atomic<bool>& stop);

/// True where this plan is in the file and none of its runs is left to train; loads no data. What the study says
/// of itself (question, baseline, report settings) may differ.
bool nothing_left(const Study& study, const std::filesystem::path& database, bool retry_failed);

/// Drops the weights that `training.keep_weights: best` asks to drop, where no run of the study is left to train.
void keep_best_weights(const Study& study, const std::filesystem::path& database);

/// Writes down what the study says of itself, of a study of which nothing is left; loads no data, which may be
/// on another machine.
void describe_again(const Study& study, const std::filesystem::path& database);

/// The study's runs in the file, by status, without those that its newest plan lacks. All 0 where the
/// file does not hold the study.
SweepCounts count_runs(const Reader& reader, const std::string& study);

}  // namespace ablate
