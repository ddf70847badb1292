#include "runner/sweep.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/interrupted.hpp"
#include "base/time.hpp"
#include "base/worker_name.hpp"
#include "runner/data_identity.hpp"
#include "runner/dropped_epochs.hpp"
#include "runner/forecast.hpp"
#include "runner/plan.hpp"
#include "runner/program_files.hpp"
#include "runner/replan_cost.hpp"
#include "runner/worker_pool.hpp"
#include "store/file_checks.hpp"
#include "store/run_over.hpp"
#include "store/settle.hpp"
#include "store/versions.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

/// Moves a run between those that are left and those that are over.
void count_over(SweepCounts& counts, RunStatus status, int runs) {
  (status == RunStatus::done       ? counts.done
   : status == RunStatus::diverged ? counts.diverged
   : status == RunStatus::failed   ? counts.failed
                                   : counts.stopped) += runs;
  counts.left -= runs;
}

/// Puts what workers do, wherever they run, before the sweep's listener, with the counts after it. It opens
/// the database for each question and closes it again: a process that forks workers must hold none.
/// Every run of a new command failed before it reported anything.
class WrongCommand : public RequestError {
 public:
  using RequestError::RequestError;
};

class Relay : public RunListener {
 public:
  Relay(const Study& study, std::filesystem::path database, const SweepOptions& options,
        SweepListener& listener)
      : study_(study), database_(std::move(database)), retries_(options.retry_failed), listener_(listener) {
    counts_ = count_runs(reader(), study_.name);
    if (!retries_) return;
    counts_.left += counts_.failed + counts_.diverged;  // they are to be trained again
    counts_.failed = counts_.diverged = 0;
  }

  void happened(const RunEvent& event) override {
    switch (event.kind) {
      case RunEvent::Kind::printed:
        store().set_output(event.run.id, event.run.attempt, event.stream, event.text);
        return;
      case RunEvent::Kind::started:
        check_still_there(database_);
        under_way_[event.worker] = event.run.id;
        return tell(event);
      case RunEvent::Kind::epoch_ended:
        reported_ = true;
        return tell(event);
      case RunEvent::Kind::ended:
        end(event);
        return check_command(event);
      case RunEvent::Kind::worker_died:
        return bury(event);
      case RunEvent::Kind::remark:
        return tell(event);
    }
  }
  void tick() override {
    if (since_counted_.seconds() > std::max(seconds_between_counts, times_as_long * seconds_to_count_))
      count_again();
    listener_.tick();
  }

  const SweepCounts& counts() const { return counts_; }
  int trained() const { return trained_; }

 private:
  static constexpr double seconds_between_counts = 2.0;
  static constexpr double times_as_long = 20.0;  ///< counting takes at most a twentieth of the time

  Store store() const {
    check_still_there(database_);
    return Store(database_, existing_file());
  }
  Reader reader() const {
    check_still_there(database_);
    return Reader(database_);
  }

  void tell(RunEvent event) {
    event.counts = counts_;
    listener_.happened(event);
  }

  void end(const RunEvent& event) {
    under_way_.erase(event.worker);
    if (is_over(event.status)) {
      ++trained_;
      count_over(counts_, event.status, 1);
      if (study_.halving) count_again();  // a stop rule ends runs that nobody trains
    }
    tell(event);
  }

  /// The first runs of a program tell whether its command is right at all.
  void check_command(const RunEvent& event) {
    constexpr int enough = 3;
    if (!study_.trainer() || reported_ || event.status != RunStatus::failed || ++failed_first_ < enough)
      return;
    throw WrongCommand(
        fmt::format("the first {} runs failed before they reported an epoch; the last one: {}", enough,
                    event.text),
        "is trainer.command right? These runs count as not begun; `ablate show RUN` shows what they "
        "printed");
  }

  void bury(const RunEvent& event) {
    const bool failed = store().crashed(event.run.id, event.run.attempt, event.text);
    tell(event);
    under_way_.erase(event.worker);
    if (!failed) return;
    RunEvent end_of_run = event;
    end_of_run.kind = RunEvent::Kind::ended;
    end_of_run.status = RunStatus::failed;
    end_of_run.text = reader().run(std::to_string(event.run.id)).error;
    end(end_of_run);
  }

  /// What other processes trained meanwhile. A run of ours whose end has not been reported yet counts as left:
  /// every end that is reported has a number of its own.
  void count_again() {
    since_counted_.restart();
    if (retries_) return;
    const Stopwatch watch;
    const Reader now = reader();
    counts_ = count_runs(now, study_.name);
    for (const auto& [worker, run_id] : under_way_) {
      const RunStatus status = now.run(std::to_string(run_id)).status;
      if (is_over(status)) count_over(counts_, status, -1);
    }
    seconds_to_count_ = watch.seconds();
  }

  const Study& study_;
  std::filesystem::path database_;
  bool retries_;
  SweepListener& listener_;
  SweepCounts counts_;
  Stopwatch since_counted_;
  double seconds_to_count_ = 0.0;
  std::map<int, std::int64_t> under_way_;  ///< runs by worker
  int trained_ = 0;
  bool reported_ = false;  ///< some run had an epoch
  int failed_first_ = 0;   ///< runs that failed before any had
};

/// The results file is whole by itself when the sweep ends, however it does.
struct Settle {
  const std::filesystem::path& database;
  ~Settle() { settle_log(database); }
};

Store::PlanOptions planning_of(const Study& study) {
  Store::PlanOptions planning;
  if (study.halving) planning.first_rung = study.halving->first;
  const std::vector<std::int64_t> seeds = seeds_of(study);
  for (const auto& [variant, count] : study.fewer_seeds) {
    const auto end = seeds.begin() + static_cast<std::ptrdiff_t>(std::min(count, seeds.size()));
    planning.only_seeds[variant].assign(seeds.begin(), end);
  }
  planning.metric = to_string(study.report.primary);
  planning.keep_larger = study.until_settled.has_value();  // another process may have looked meanwhile
  return planning;
}

/// A study in the store.
struct Written {
  std::int64_t study_id = 0;
  std::vector<RunAttempt> retry;  ///< what failed or diverged and is to be trained again
};

Written write_plan(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                   const SweepOptions& options, const Plan& plan, const std::function<bool()>& stopped) {
  Store store(database);
  check_same_data(Reader(database), study, datasets);
  Store::PlanOptions planning = planning_of(study);
  planning.replan = options.replan;
  planning.stopped = stopped;
  Written written;
  try {
    written.study_id = store.plan(plan.study, plan.variants, plan.seeds, planning);
  } catch (const PlanRefused& refused) {
    throw RequestError(refused.what() + replan_cost(study, plan, Reader(database), datasets));
  }
  store.release(written.study_id, is_dead_worker);
  if (options.retry_failed) written.retry = store.failed_runs(written.study_id);
  return written;
}

SweepCounts counts_of(const StudyCounts& row) {
  SweepCounts counts;
  counts.done = static_cast<int>(row.done);
  counts.stopped = static_cast<int>(row.stopped);
  counts.diverged = static_cast<int>(row.diverged);
  counts.failed = static_cast<int>(row.failed);
  counts.running = static_cast<int>(row.running);
  counts.left = static_cast<int>(row.planned + row.running + row.waiting + row.interrupted);
  counts.runs = counts.done + counts.stopped + counts.diverged + counts.failed + counts.left;
  return counts;
}

}  // namespace

SweepCounts count_runs(const Reader& reader, const std::string& study) {
  const auto row = reader.counts(study);
  return row ? counts_of(*row) : SweepCounts();
}

bool nothing_left(const Study& study, const std::filesystem::path& database, bool retry_failed) {
  if (!make_readable(database)) return false;
  const auto stored = Reader(database).counts(study.name);
  if (!stored || stored->study.plan_sha256 != study.plan_sha256) return false;
  const SweepCounts counts = counts_of(*stored);
  return counts.left == 0 && !(retry_failed && counts.failed + counts.diverged > 0);
}

void describe_again(const Study& study, const std::filesystem::path& database) {
  std::vector<VariantRecord> stored;
  {
    const Reader reader(database);
    const StudyRecord before = reader.study(study.name);
    if (before.config_sha256 == study.sha256) return;
    stored = reader.variants(before.id);
  }
  Plan plan;
  plan.study = study_record(study);
  plan.seeds = seeds_of(study);
  for (const Variant& variant : study.variants) {
    const auto same = std::find_if(stored.begin(), stored.end(),
                                   [&](const VariantRecord& known) { return known.name == variant.name; });
    if (same == stored.end()) return;  // somebody planned it anew meanwhile
    plan.variants.push_back(variant_record(variant));
    plan.variants.back().parameters = same->parameters;
    plan.variants.back().flops_per_sample = same->flops_per_sample;
  }
  Store store(database);
  store.plan(plan.study, plan.variants, plan.seeds, planning_of(study));
}

namespace {

/// Has workers train what is left, or this process where it is to do so itself.
PoolEnd train_all(const SweepWork& shared, const SweepOptions& options, int workers, Relay& relay,
                  const std::atomic<bool>& stop) {
  const TrainerSettings* trainer = shared.study.trainer();
  const WorkerBody body = [&](RunListener& told, const Pulse& pulse) { work(shared, told, pulse); };
  try {
    if (options.jobs == 0) {
      body(relay, until(stop));
      return PoolEnd::finished;
    }
    const double grace = trainer ? trainer->limits.grace.seconds : 0.0;
    return run_workers(workers, body, relay, {stop, options.at_once, grace},
                       [&] { return relay.counts().left > 0; });
  } catch (const WrongCommand&) {
    Store(shared.database, existing_file()).withdraw_begun(shared.study_id);
    throw;
  }
}

SweepResult work_off(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                     const SweepOptions& options, SweepListener& listener, const std::atomic<bool>& stop) {
  const auto stopped = [&] { return stop.load(); };
  const Plan plan = plan_study(study, datasets, stopped);
  if (!options.only_plan) check_resources(study);
  AuditCache none;
  const StudyAudit audit =
      audit_study(study, datasets, options.audit, options.audits ? *options.audits : none);
  if (stop) throw Interrupted();
  if (options.before_writing) options.before_writing();
  const Settle settle{database};
  const Written written = write_plan(study, database, datasets, options, plan, stopped);
  if (options.part) options.part->narrow(written.study_id);
  listener.audited(audit);
  if (options.only_plan) return {count_runs(Reader(database), study.name), 0, false};

  Relay relay(study, database, options, listener);
  const int workers = std::clamp(options.jobs, 1, std::max(1, relay.counts().left));
  listener.planned(relay.counts(), workers);
  const std::string code = study.trainer() ? code_sha256(study) : std::string();
  const auto elsewhere = options.part ? options.part->trained_elsewhere : nullptr;
  const std::string lost = dropped_epochs(Reader(database), written.study_id, code);
  if (!lost.empty()) listener.happened({.kind = RunEvent::Kind::remark, .text = lost});
  const SweepWork shared{study,     written.study_id,
                         database,  datasets,
                         audit,     options.lease_seconds,
                         code,      written.retry,
                         elsewhere, options.part ? options.part->folders : ProgramFolders()};
  const PoolEnd end = train_all(shared, options, workers, relay, stop);
  const SweepCounts counts = count_runs(Reader(database), study.name);
  return {counts, relay.trained(), stop || (end == PoolEnd::signalled && counts.left > 0)};
}

}  // namespace

SweepResult run_sweep(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                      const SweepOptions& options, SweepListener& listener, const std::atomic<bool>& stop) {
  try {
    return work_off(study, database, datasets, options, listener, stop);
  } catch (const Interrupted&) {  // before anything was trained, and perhaps before there was a file
    std::error_code error;
    const bool is_there = std::filesystem::exists(database, error);
    return {is_there ? count_runs(Reader(database), study.name) : SweepCounts(), 0, true};
  }
}

}  // namespace ablate
