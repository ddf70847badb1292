#include "ablate/runner/sweep.hpp"

#include <cerrno>
#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include "ablate/base/build_info.hpp"
#include "ablate/base/error.hpp"
#include "ablate/runner/data_identity.hpp"
#include "ablate/runner/judge.hpp"
#include "ablate/runner/machine.hpp"
#include "ablate/runner/plan.hpp"
#include "ablate/runner/training.hpp"

namespace ablate {
namespace {

DatasetRecord describe(const Dataset& dataset, bool train) {
  DatasetRecord record;
  record.name = dataset.name;
  record.split = train ? "train" : "test";
  record.sha256 = train ? dataset.train_sha256 : dataset.test_sha256;
  record.origin = dataset.origin;
  record.images = static_cast<std::int64_t>(train ? dataset.train_images : dataset.test_images);
  record.classes = static_cast<int>(dataset.classes.size());
  record.rows = dataset.rows;
  record.columns = dataset.columns;
  record.class_names = dataset.classes;
  return record;
}

EpochRecord to_record(const EpochReport& report, bool keep_weights) {
  const auto suite = [](const std::optional<Evaluation>& evaluation) {
    return evaluation ? std::optional(evaluation->suite) : std::nullopt;
  };
  EpochRecord record;
  record.epoch = report.epoch;
  record.learning_rate = report.learning_rate;
  record.gradient_norm = report.gradient_norm;
  record.train_seconds = report.train_seconds;
  record.evaluate_seconds = report.evaluate_seconds;
  record.metric_seconds = report.metric_seconds;
  record.samples_per_second = report.samples_per_second;
  const BySplit<Evaluation>& from = report.evaluations;
  record.metrics = {suite(from.train), suite(from.validation), suite(from.test)};
  record.selected = report.selected;
  if (keep_weights) record.weights = report.parameters;
  return record;
}

RunStatus status_of(TrainingEnd end) {
  switch (end) {
    case TrainingEnd::finished:
      return RunStatus::done;
    case TrainingEnd::diverged:
      return RunStatus::diverged;
    case TrainingEnd::stopped:
      return RunStatus::interrupted;
  }
  return RunStatus::failed;
}

/// The cells of one study on one store.
class Sweep {
 public:
  Sweep(Store& store, DatasetCache& datasets, const StudyAudit& audit, const SweepOptions& options,
        SweepListener& listener, const std::atomic<bool>& stop)
      : store_(store),
        datasets_(datasets),
        audit_(audit),
        options_(options),
        listener_(listener),
        stop_(stop) {
    machine_id_ = store_.add_machine(this_machine());
  }

  /// Trains a claimed run and ends it in the store; returns how it ended and why.
  std::pair<RunStatus, std::string> run_cell(const RunRecord& run, const Config& config) {
    Outcome outcome;
    try {
      const auto dataset = datasets_.get(config.data);
      store_.set_provenance(run.id, provenance(run, config, *dataset));
      const TrainingResult result = train_cell(run, config, *dataset, outcome);
      outcome.status = status_of(result.end);
      outcome.error = result.why;
    } catch (const ClaimLost& error) {
      return {RunStatus::interrupted, error.what()};  // the machine slept; whoever took the cell trains it
    } catch (const RequestError&) {
      throw;  // the store or the data: every other cell would meet it too
    } catch (const std::exception& error) {
      outcome.status = RunStatus::failed;
      outcome.error = error.what();
    }
    if (outcome.status != RunStatus::done) outcome.at_selected = {};
    store_.finish(run.id, outcome);
    return {outcome.status, outcome.error};
  }

 private:
  Store::Provenance provenance(const RunRecord& run, const Config& config, const Dataset& dataset) {
    Store::Provenance provenance;
    provenance.code_version = code_version();
    provenance.selected_by = selected_by(config);
    provenance.train_evaluated = train_evaluated(config.training);
    provenance.machine_id = machine_id_;
    provenance.train_dataset_id = store_.add_dataset(describe(dataset, true));
    provenance.test_dataset_id = store_.add_dataset(describe(dataset, false));
    provenance.leaks = findings_of(audit_, run.variant);
    provenance.audit = audit_record(dataset);
    return provenance;
  }

  TrainingResult train_cell(const RunRecord& run, const Config& config, const Dataset& dataset,
                            Outcome& outcome) {
    const auto on_epoch = [&](const EpochReport& report) {
      if (report.selected) outcome.at_selected = report.evaluations;
      store_.add_epoch(run.id, to_record(report, config.training.keep_weights), options_.lease_seconds);
      listener_.epoch_ended(run, report);
      return Answer::go_on;
    };
    return train(config, static_cast<std::uint64_t>(run.seed), dataset, on_epoch, stop_);
  }

  Store& store_;
  DatasetCache& datasets_;
  const StudyAudit& audit_;
  const SweepOptions& options_;
  SweepListener& listener_;
  const std::atomic<bool>& stop_;
  std::int64_t machine_id_ = 0;
};

std::string host_name() {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  return host;
}

/// "host:pid"
std::string worker_name() { return fmt::format("{}:{}", host_name(), ::getpid()); }

/// A worker of this host whose process is no more; of other hosts only the lease can tell.
bool is_dead(const std::string& worker) {
  const std::string here = host_name() + ":";
  if (!worker.starts_with(here)) return false;
  const auto pid = static_cast<pid_t>(std::atoi(worker.c_str() + here.size()));
  return pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH;
}

/// Cells that failed before and wait to be trained again count as left.
SweepCounts with_retries(SweepCounts counts, int to_retry) {
  counts.left += to_retry;
  return counts;
}

}  // namespace

SweepCounts count_cells(const Reader& reader, const Study& study) {
  SweepCounts counts;
  const std::set<std::uint64_t> seeds(study.seeds.begin(), study.seeds.end());
  std::set<std::string> variants;
  for (const Variant& variant : study.variants) variants.insert(variant.name);
  for (const StudyCounts& row : reader.studies()) {
    if (row.study.name != study.name) continue;
    for (const RunRecord& run : reader.runs(row.study.id)) {
      if (variants.count(run.variant) == 0 || seeds.count(static_cast<std::uint64_t>(run.seed)) == 0)
        continue;
      ++counts.cells;
      switch (run.status) {
        case RunStatus::done:
          ++counts.done;
          break;
        case RunStatus::diverged:
          ++counts.diverged;
          break;
        case RunStatus::failed:
          ++counts.failed;
          break;
        default:
          ++counts.left;
      }
    }
  }
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
    const SweepCounts counts = count_cells(reader, study);
    return counts.left == 0 && !(retry_failed && counts.failed + counts.diverged > 0);
  }
  return false;
}

SweepResult run_sweep(const Study& study, const std::filesystem::path& database, DatasetCache& datasets,
                      const SweepOptions& options, SweepListener& listener, const std::atomic<bool>& stop) {
  const Plan plan = plan_study(study, datasets);
  const StudyAudit audit = audit_study(study, datasets);
  Store store(database);
  check_same_data(Reader(database), study, datasets);
  listener.audited(audit);
  const std::int64_t study_id = store.plan(plan.study, plan.variants, plan.seeds);
  store.release(study_id, is_dead);
  std::map<std::string, const Config*> configs;
  for (const Variant& variant : study.variants) configs[variant.name] = &variant.config;

  const Reader reader(database);
  SweepResult result;
  result.counts = count_cells(reader, study);
  int to_retry = options.retry_failed ? result.counts.failed + result.counts.diverged : 0;
  listener.planned(with_retries(result.counts, to_retry));
  Sweep sweep(store, datasets, audit, options, listener, stop);
  while (!stop) {
    const auto run = store.claim(study_id, worker_name(), options.lease_seconds, options.retry_failed);
    if (!run) break;
    listener.cell_started(*run);
    const auto [status, why] = sweep.run_cell(*run, *configs.at(run->variant));
    result.trained += status == RunStatus::interrupted ? 0 : 1;
    result.counts = count_cells(reader, study);
    to_retry -= run->attempt > 1 && to_retry > 0 ? 1 : 0;
    listener.cell_ended(*run, status, why, with_retries(result.counts, to_retry));
  }
  result.interrupted = stop;
  return result;
}

}  // namespace ablate
