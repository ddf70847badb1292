#include "runner/worker.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>
#include <sys/resource.h>

#include "base/build_info.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "base/worker_name.hpp"
#include "runner/halving.hpp"
#include "runner/machine.hpp"
#include "runner/patience.hpp"
#include "runner/plan.hpp"
#include "runner/program_training.hpp"
#include "runner/provenance.hpp"
#include "store/marks.hpp"
#include "store/reader.hpp"
#include "train/evaluate.hpp"
#include "train/judge.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

/// A worker that is busy tells so at least this often, in shares of its lease.
constexpr double heartbeats_a_lease = 10.0;

std::int64_t peak_memory_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * std::int64_t{1024};
}

EpochRecord to_record(const EpochReport& report) {
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
  record.checkpoint = report.checkpoint;
  return record;
}

EpochProgress to_progress(const EpochReport& report) {
  EpochProgress progress;
  progress.epoch = report.epoch;
  progress.epochs = report.epochs;
  progress.loss = report.loss;
  if (report.evaluations.validation)
    progress.validation_accuracy = report.evaluations.validation->suite.accuracy;
  progress.test_accuracy = report.evaluations.test->suite.accuracy;
  progress.samples_per_second = report.samples_per_second;
  progress.selected = report.selected;
  return progress;
}

class Worker {
 public:
  Worker(const SweepWork& shared, RunListener& listener, const Pulse& pulse)
      : shared_(shared), listener_(listener), pulse_(pulse), store_(shared.database, existing_file()) {
    claimant_.worker = worker_name();
    claimant_.lease_seconds = shared.lease_seconds;
    if (!shared.retry.empty()) store_.allow_retry(shared.retry);
    claimant_.program_sha256 = shared.code_sha256.empty() ? program_sha256() : shared.code_sha256;
    machine_id_ = store_.add_machine(this_machine());
    for (const Variant& variant : shared.study.variants) {
      variants_[variant.name] = &variant;
      longest_ = std::max(longest_, variant.config.training.epochs);
    }
  }

  void work() {
    while (pulse_()) {
      const auto run = store_.claim(shared_.study_id, claimant_);
      if (run) {
        train_claimed(*run);
      } else if (!store_.release(shared_.study_id, is_dead_worker) && !settle_rung() &&
                 !others_may_free_runs() && !patience_.wait()) {
        return;
      }
    }
  }

 private:
  void train_claimed(const RunRecord& run) {
    tell(run, {.kind = RunEvent::Kind::started});
    if (shared_.trained_elsewhere && shared_.trained_elsewhere(run.uuid)) return leave_out(run);
    Outcome outcome;
    try {
      const Variant& variant = variant_of(run);
      if (variant.trainer) return train_elsewhere(run, variant);
      const Config& config = variant.config;
      const auto dataset = shared_.datasets.get(config.data);
      store_.set_provenance(run.id, provenance_of(run, config, *dataset, shared_.audit, store_, machine_id_));
      if (const auto twin = run.epochs_done == 0 ? store_.copy_twin(run.id) : std::nullopt) {
        tell_end(run, RunStatus::done, fmt::format("copied from run {}", *twin));
        return;
      }
      outcome = trained(with_beginning(run, config), config, *dataset);
      store_.finish(run.id, outcome);
    } catch (const ClaimLost& error) {
      // The machine slept, and whoever took the run trains it.
      tell_end(run, RunStatus::interrupted, error.what());
      return;
    }
    tell_end(run, outcome.status, outcome.error);
  }

  /// A run that another program trains.
  void train_elsewhere(const RunRecord& run, const Variant& variant) {
    Store::Provenance provenance = program_provenance(*variant.trainer, shared_.code_sha256, machine_id_);
    store_.set_provenance(run.id, provenance);
    const ProgramLinks links{shared_, store_, [&] { return beat(run); },
                             [&](const EpochProgress& progress) {
                               beat_.restart();
                               tell(run, {.kind = RunEvent::Kind::epoch_ended, .progress = progress});
                             }};
    const ProgramOutcome ended = train_by_program(run, variant, links);
    RunStatus status = ended.outcome.status;
    if (!ended.truth.empty() && status == RunStatus::done) {
      provenance.test_dataset_id = store_.add_dataset(
          predicted_samples(ended.truth, static_cast<int>(ended.outcome.at_selected.test->classes.size())));
      store_.set_provenance(run.id, provenance);
    }
    if (ended.crashed) {
      if (store_.crashed(run.id, run.attempt, ended.outcome.error)) status = RunStatus::failed;
    } else {
      store_.finish(run.id, ended.outcome);
    }
    std::string why = status == RunStatus::done ? ended.note : ended.outcome.error;
    if (ended.later)
      why += fmt::format("; other runs come first, and it waits {:.0f} s", patience_.put_off(run.id));
    tell_end(run, status, why);
  }

  /// A run whose results are published already: it is not claimed again.
  void leave_out(const RunRecord& run) {
    Marks(shared_.database).ask_to_stop(run.id);
    Outcome outcome;
    outcome.status = RunStatus::interrupted;
    outcome.error = "another task has trained it";
    store_.finish(run.id, outcome);
    tell_end(run, outcome.status, outcome.error);
  }

  /// The run, which resumes from a finished one where that had fewer epochs ahead of it and kept its checkpoint.
  RunRecord with_beginning(RunRecord run, const Config& config) {
    if (run.epochs_done > 0 || run.until_epoch || !begins_as_shorter(config)) return run;
    const auto begun = store_.copy_beginning(run.id, config.training.epochs,
                                             [&](int epochs) { return digest_with_epochs(config, epochs); });
    if (!begun) return run;
    run.epochs_done = begun->epochs;
    run.exit_reason = begun->text;
    return run;
  }

  /// What came of the training, a failure too. A RequestError comes of the store or the data: every other run would
  /// meet it too.
  Outcome trained(const RunRecord& run, const Config& config, const Dataset& dataset) {
    Outcome outcome;
    try {
      outcome = train_run(run, config, dataset);
    } catch (const RequestError&) {
      throw;
    } catch (const std::bad_alloc&) {
      outcome.status = RunStatus::failed;
      outcome.error = "out of memory: fewer workers (-j) or fewer units in model.hidden need less";
    } catch (const std::exception& error) {
      outcome.status = RunStatus::failed;
      outcome.error = error.what();
    }
    outcome.peak_memory_bytes = peak_memory_bytes();
    return outcome;
  }

  void tell(const RunRecord& run, RunEvent event) {
    event.run = {run.id, run.variant, run.seed, run.attempt};
    listener_.happened(event);
  }

  void tell_end(const RunRecord& run, RunStatus status, const std::string& why) {
    tell(run, {.kind = RunEvent::Kind::ended, .status = status, .text = why});
  }

  const Variant& variant_of(const RunRecord& run) const {
    const auto found = variants_.find(run.variant);
    if (found != variants_.end()) return *found->second;
    throw RequestError(fmt::format("variant '{}' is not in this study file", run.variant),
                       "another `ablate run` has planned the study again: restart this one");
  }

  Outcome train_run(const RunRecord& run, const Config& config, const Dataset& dataset) {
    Outcome outcome;
    stopped_on_request_ = false;
    outcome.keep_weights = config.training.keep_weights != KeepWeights::none;
    outcome.keep_checkpoint = config.training.keep_checkpoint;
    const std::vector<std::uint8_t> checkpoint =
        run.epochs_done > 0 ? store_.checkpoint(run.id) : std::vector<std::uint8_t>{};
    int epochs = run.epochs_done, selected_epoch = 0;
    const auto on_epoch = [&](const EpochReport& report) {
      if (report.selected) {
        outcome.at_selected = report.evaluations;
        selected_epoch = report.epoch;
      }
      EpochRecord record = to_record(report);
      const std::vector<float> weights = report.selected ? report.network->weights() : std::vector<float>();
      record.weights = weights;
      store_.add_epoch(run.id, record, shared_.lease_seconds);
      beat_.restart();
      epochs = report.epoch;
      tell(run, {.kind = RunEvent::Kind::epoch_ended, .progress = to_progress(report)});
      stopped_on_request_ = store_.is_asked_to_stop(run.id);
      return stopped_on_request_ || at_rung(run, report) ? Answer::stop : Answer::go_on;
    };
    const TrainingResult result = train(config, static_cast<std::uint64_t>(run.seed), dataset, on_epoch,
                                        [&] { return beat(run); }, {checkpoint, true});
    conclude(result, run, config, epochs, outcome);
    if (outcome.status != RunStatus::done) {
      outcome.at_selected = {};
    } else if (selected_epoch == 0) {
      outcome.at_selected = evaluate_selected(run, config, dataset);
    }
    return outcome;
  }

  /// Names the end of a training.
  void conclude(const TrainingResult& result, const RunRecord& run, const Config& config, int epochs,
                Outcome& outcome) const {
    if (result.end == TrainingEnd::diverged || result.end == TrainingEnd::blind) {
      outcome.status = result.end == TrainingEnd::blind ? RunStatus::failed : RunStatus::diverged;
      outcome.error = result.why;
    } else if (result.end == TrainingEnd::finished) {
      outcome.reason = result.why.empty() ? "all epochs" : "early stopping: " + result.why;
      if (!run.exit_reason.empty()) outcome.reason += "; " + run.exit_reason;  // how it began
    } else if (stopped_on_request_) {
      outcome.status = RunStatus::interrupted;
      outcome.error = "asked to stop by `ablate stop`";
    } else {
      const bool at_rung = run.until_epoch && epochs >= *run.until_epoch && epochs < config.training.epochs;
      outcome.status = at_rung ? RunStatus::waiting : RunStatus::interrupted;
    }
  }

  bool at_rung(const RunRecord& run, const EpochReport& report) const {
    return run.until_epoch && report.epoch >= *run.until_epoch && report.epoch < report.epochs;
  }

  /// Classes and confusion of a run that went on after its selected epoch: of the weights that were kept.
  BySplit<Evaluation> evaluate_selected(const RunRecord& run, const Config& config, const Dataset& dataset) {
    const auto model = Reader(shared_.database).run_model(run.id);
    if (!model) return {};
    Training training(config, static_cast<std::uint64_t>(run.seed), dataset);
    if (!model->is_sound || model->weights.size() != training.network().weight_count())
      throw std::runtime_error(
          "the weights of its selected epoch were damaged in the file; --retry-failed trains it again");
    training.network().set_weights(model->weights);
    return training.evaluate(model->epoch);
  }

  bool beat(const RunRecord& run) {
    if (beat_.seconds() > shared_.lease_seconds / heartbeats_a_lease) {
      store_.renew(run.id, shared_.lease_seconds);
      beat_.restart();
    }
    return pulse_();
  }

  bool settle_rung() {
    const auto& halving = shared_.study.halving;
    if (!halving) return false;
    return store_.settle_rung(shared_.study_id, halving->monitor,
                              [&](const std::vector<Store::RungRun>& runs) {
                                return decide_rung(*halving, longest_, runs, lower_is_better(*halving));
                              });
  }

  /// As the study declares it; nothing: the suite does.
  std::optional<bool> lower_is_better(const HalvingSettings& halving) const {
    if (!shared_.study.trainer()) return std::nullopt;
    for (const DeclaredMetric& metric : declared_metrics(*shared_.study.trainer())) {
      if (metric.name == to_string(halving.monitor)) return !metric.up;
    }
    return std::nullopt;
  }

  /// With a stop rule runs wait for one another: another worker's last step frees them.
  bool others_may_free_runs() {
    if (!shared_.study.halving) return false;
    const auto counts = Reader(shared_.database).counts(shared_.study.name);
    if (!counts || counts->running == 0 || counts->waiting == 0) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return true;
  }

  const SweepWork& shared_;
  RunListener& listener_;
  const Pulse& pulse_;
  Store store_;
  Claimant claimant_;
  std::int64_t machine_id_ = 0;
  Stopwatch beat_;
  Patience patience_{store_};
  bool stopped_on_request_ = false;
  std::unordered_map<std::string, const Variant*> variants_;  ///< by the variant's name
  int longest_ = 0;
};

}  // namespace

void work(const SweepWork& shared, RunListener& listener, const Pulse& pulse) {
  Worker(shared, listener, pulse).work();
}

}  // namespace ablate
