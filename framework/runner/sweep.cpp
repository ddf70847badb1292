#include "runner/sweep.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "runner/data_identity.hpp"
#include "runner/halving.hpp"
#include "runner/plan.hpp"
#include "runner/worker_name.hpp"
#include "runner/worker_pool.hpp"
#include "store/settle.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

/// Puts what workers do, wherever they run, before the sweep's listener. It opens the database for each
/// question and closes it again: a process that forks workers must hold none.
class Relay : public PoolListener {
 public:
  Relay(const Study& study, std::filesystem::path database, SweepListener& listener)
      : study_(study), database_(std::move(database)), listener_(listener) {}

  void cell_started(int worker, std::int64_t run_id) override {
    listener_.cell_started(worker, remember(worker, run_id));
  }
  void epoch_ended(int worker, std::int64_t, const EpochProgress& progress) override {
    listener_.epoch_ended(worker, runs_.at(worker), progress);
  }
  void cell_ended(int worker, std::int64_t, RunStatus status, const std::string& why) override {
    const bool ended = status != RunStatus::interrupted && status != RunStatus::waiting;
    trained += ended ? 1 : 0;
    to_retry -= ended && runs_.at(worker).attempt > 1 && to_retry > 0 ? 1 : 0;
    listener_.cell_ended(worker, runs_.at(worker), status, why, counts());
    runs_.erase(worker);
  }
  bool worker_died(int worker, std::int64_t run_id, const std::string& reason) override {
    if (run_id == 0) return false;
    const bool failed = store().crashed(run_id, reason);
    listener_.worker_died(worker, runs_.at(worker), reason);
    if (failed) {
      cell_ended(worker, run_id, RunStatus::failed, remember(worker, run_id).error);
    }
    return counts().left > 0;
  }
  void output(std::int64_t run_id, const std::string& stream, const std::string& text) override {
    store().set_output(run_id, stream, text);
  }
  void tick() override { listener_.tick(); }

  /// Cells that failed before and wait to be trained again count as left.
  SweepCounts counts() const {
    SweepCounts counts = count_cells(reader(), study_.name);
    counts.left += to_retry;
    return counts;
  }

  int trained = 0;
  int to_retry = 0;

 private:
  Store store() const {
    check_still_there();
    return Store(database_, {.clock = {}, .must_exist = true});
  }
  Reader reader() const {
    check_still_there();
    return Reader(database_);
  }
  void check_still_there() const {
    std::error_code error;
    if (std::filesystem::exists(database_, error)) return;
    throw RequestError(
        fmt::format("{} was moved or removed while the sweep wrote to it", database_.string()),
        "put it back, together with the -wal file beside it, and start the same command again: "
        "what was committed is in them");
  }

  const RunRecord& remember(int worker, std::int64_t run_id) {
    return runs_[worker] = reader().run(std::to_string(run_id));
  }

  const Study& study_;
  std::filesystem::path database_;
  SweepListener& listener_;
  /// By worker: a run that one has let go may be another's before the first one's word of it is read.
  std::map<int, RunRecord> runs_;
};

/// The results file is whole by itself when the sweep ends, however it does.
struct Settle {
  const std::filesystem::path& database;
  ~Settle() { settle_log(database); }
};

/// A worker in this very process, told of as if it were the only one of a pool.
class InProcess : public WorkerListener {
 public:
  explicit InProcess(PoolListener& listener) : listener_(listener) {}
  void cell_started(const RunRecord& run) override { listener_.cell_started(0, run.id); }
  void epoch_ended(const RunRecord& run, const EpochProgress& progress) override {
    listener_.epoch_ended(0, run.id, progress);
  }
  void cell_ended(const RunRecord& run, RunStatus status, const std::string& why) override {
    listener_.cell_ended(0, run.id, status, why);
  }

 private:
  PoolListener& listener_;
};

/// Plans the study in the store; returns its id.
std::int64_t write_plan(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                        const SweepOptions& options, const Plan& plan) {
  Store store(database);
  check_same_data(Reader(database), study, datasets);
  Store::PlanOptions planning;
  planning.replan = options.replan;
  if (study.halving) planning.first_rung = study.halving->first;
  const std::int64_t study_id = store.plan(plan.study, plan.variants, plan.seeds, planning);
  store.release(study_id, is_dead_worker);
  return study_id;
}

}  // namespace

SweepCounts count_cells(const Reader& reader, const std::string& study) {
  SweepCounts counts;
  for (const StudyCounts& row : reader.studies()) {
    if (row.study.name != study) continue;
    counts.done = static_cast<int>(row.done);
    counts.stopped = static_cast<int>(row.stopped);
    counts.diverged = static_cast<int>(row.diverged);
    counts.failed = static_cast<int>(row.failed);
    counts.left = static_cast<int>(row.planned + row.running + row.waiting + row.interrupted);
  }
  counts.cells = counts.done + counts.stopped + counts.diverged + counts.failed + counts.left;
  return counts;
}

bool nothing_left(const Study& study, const std::filesystem::path& database, bool retry_failed) {
  std::error_code error;
  if (!std::filesystem::exists(database, error)) return false;
  {
    const Store up_to_date(database);
  }  // a file of an older schema is brought up to date, so that it can be read
  const Reader reader(database);
  for (const StudyCounts& row : reader.studies()) {
    if (row.study.name != study.name || row.study.plan_sha256 != study.plan_sha256) continue;
    if (row.study.config_sha256 != study.sha256)
      return false;  // the question, the baseline or the report differs
    const SweepCounts counts = count_cells(reader, study.name);
    return counts.left == 0 && !(retry_failed && counts.failed + counts.diverged > 0);
  }
  return false;
}

SweepResult run_sweep(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                      const SweepOptions& options, SweepListener& listener, const std::atomic<bool>& stop) {
  const Plan plan = plan_study(study, datasets);
  const StudyAudit audit = audit_study(study, datasets, options.audit);
  const Settle settle{database};
  const std::int64_t study_id = write_plan(study, database, datasets, options, plan);
  listener.audited(audit);

  Relay relay(study, database, listener);
  SweepCounts counts = relay.counts();
  relay.to_retry = options.retry_failed ? counts.failed + counts.diverged : 0;
  counts = relay.counts();
  const int workers = std::clamp(options.jobs, 1, std::max(1, counts.left));
  listener.planned(counts, workers);
  const SweepWork shared{study,
                         study_id,
                         database,
                         datasets,
                         audit,
                         options.lease_seconds,
                         options.retry_failed ? moment_text(unix_seconds()) : std::string()};
  const WorkerBody body = [&](WorkerListener& told, const Pulse& pulse) { work(shared, told, pulse); };
  if (options.jobs == 0) {
    InProcess told(relay);
    body(told, until(stop));
  } else {
    run_workers(workers, body, relay, stop);
  }
  return {count_cells(Reader(database), study.name), relay.trained, stop};
}

}  // namespace ablate
