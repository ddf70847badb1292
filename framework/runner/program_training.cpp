#include "runner/program_training.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "runner/program_files.hpp"
#include "runner/program_folders.hpp"
#include "runner/program_predictions.hpp"
#include "runner/program_records.hpp"
#include "runner/program_start.hpp"
#include "store/reader.hpp"
#include "train/metrics_file.hpp"
#include "train/program.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// The direction of what selects.
bool rises(const TrainerSettings& trainer) {
  for (const DeclaredMetric& metric : declared_metrics(trainer)) {
    if (metric.name == trainer.select) return metric.up;
  }
  return true;
}

class ProgramTraining {
 public:
  ProgramTraining(const RunRecord& run, const Variant& variant, const ProgramLinks& links)
      : run_(run),
        variant_(variant),
        epochs_(variant.config.training.epochs),
        trainer_(*variant.trainer),
        links_(links),
        folder_(run_folder(links.shared.database, links.shared.folders, run.uuid)),
        selection_(trainer_.select, rises(trainer_)) {}

  ProgramOutcome work() {
    prepare();
    const DeviceClaim devices(trainer_.resources.gpus.value_or(0), links_.beat);
    RunRecord begins = run_;
    begins.epochs_done = begins_after_;
    ProgramRun program = program_run(
        begins, variant_, {folder_, links_.shared.study.folder, links_.shared.study.name}, devices);
    program.offset = offset_;
    const ProgramResult result = result_of(program);
    if (result.end == ProgramEnd::crashed)
      end_what_is_left();  // whoever killed the program may have its guards
    check_folders();
    return concluded(result);
  }

 private:
  /// A file of metrics that is not one is the run's failure, not the sweep's.
  ProgramResult result_of(const ProgramRun& program) {
    try {
      return run_program(
          program, [&](const EpochLine& line, std::uint64_t offset) { return take(line, offset); },
          links_.beat, [](bool is_error, std::string_view bytes) { pass_on(is_error, bytes); });
    } catch (const BadLine& bad) {
      return {ProgramEnd::failed, bad.what()};
    }
  }

  void end_what_is_left() const { end_processes_with("ABLATE_DIR=" + folder_.string()); }

  /// The folder, its parameters, and how far earlier attempts came.
  void prepare() {
    if (run_.attempt > 1) end_what_is_left();
    check_folders();
    if (run_.epochs_done > 0) go_on_from(program_state(links_.store.checkpoint(run_.id)));
    make_run_folder(folder_, trainer_, run_.epochs_done == 0);
    if (run_.epochs_done == 0) return;
    const Reader reader(links_.shared.database);
    for (const EpochRow& row : reader.run_epochs(run_.id)) known_.insert(row.epoch);
    selection_.resume(reader, run_);
  }

  /// On a shared file system that is gone the program can only fail, which says nothing of the run.
  void check_folders() const {
    const fs::path& own = links_.shared.folders.own;
    std::error_code error;
    if (own.empty() || fs::is_directory(own, error)) return;
    const bool is_mounted = fs::is_directory(own.parent_path(), error);
    throw RequestError(
        fmt::format("{} is gone, where the programs' folders are", own.string()),
        is_mounted ? "somebody removed it; send the runs again" : "is the work folder mounted?");
  }

  /// From where an earlier attempt worked, in a copy of its folder: that attempt may still be at work. Where that
  /// folder is lost, all epochs are trained again and compared with those that the file has.
  void go_on_from(const ProgramState& state) {
    const ProgramFolders& folders = links_.shared.folders;
    fs::path from = state.folder;
    if (from.empty() && !folders.own.empty()) from = folders.begun / run_.uuid;
    begins_after_ = run_.epochs_done;
    offset_ = state.offset;
    if (from.empty() || from == folder_) return;
    std::error_code error;
    if (folders.own.empty()) fs::create_directories(folder_.parent_path(), error);
    if (!copy_run_folder(from, folder_)) begins_after_ = 0;
    const auto bytes = fs::file_size(metrics_path(folder_), error);  // a node that died may have lost lines
    offset_ = error ? 0 : std::min<std::uint64_t>(offset_, bytes);
  }

  /// To whoever reads the worker.
  static void pass_on(bool is_error, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(is_error ? STDERR_FILENO : STDOUT_FILENO, bytes.data(), bytes.size());
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  ProgramAnswer take(const EpochLine& line, std::uint64_t offset) {
    ReportedEpoch reported = reported_epoch(line, since_last_.restart());
    EpochRecord& record = reported.record;
    const fs::path shared = links_.shared.folders.own.empty() ? fs::path() : folder_;
    const std::vector<std::uint8_t> state = bytes_of({offset, shared});
    record.checkpoint = state;
    if (known_.contains(line.epoch)) {
      say(links_.store.repeat_epoch(run_.id, record, links_.shared.lease_seconds, reported.values));
      return ProgramAnswer::go_on;
    }
    if (at_rung()) return ProgramAnswer::too_late;  // read again where the run goes on
    record.selected = selection_.selects(reported, known_.empty() ? -1 : *known_.rbegin());
    links_.store.add_epoch(run_.id, record, links_.shared.lease_seconds, reported.values);
    if (line.epoch < last_epoch() && order_.empty())
      order_ = fmt::format("epoch {} came after epoch {}", line.epoch, last_epoch());
    known_.insert(line.epoch);
    EpochProgress progress = progress_of(reported, epochs_);
    progress.epoch = last_epoch();
    links_.told(progress);
    stopped_on_request_ = links_.store.is_asked_to_stop(run_.id);
    if (stopped_on_request_) return ProgramAnswer::stop;
    return at_rung() ? ProgramAnswer::stop_soon : ProgramAnswer::go_on;
  }

  int last_epoch() const { return known_.empty() ? 0 : *known_.rbegin(); }
  /// All that were planned, counted from 0 as many programs do.
  bool counts_from_zero() const {
    return known_.size() == static_cast<std::size_t>(epochs_) && *known_.begin() == 0 &&
           last_epoch() == epochs_ - 1;
  }
  /// In epochs from 1.
  int length() const { return counts_from_zero() ? epochs_ : last_epoch(); }
  /// It trained as many epochs as it was asked for, but counted from 0.
  bool ends_before_rung() const {
    return run_.until_epoch && *run_.until_epoch < epochs_ && last_epoch() == *run_.until_epoch - 1 &&
           *known_.begin() == 0 && known_.size() == static_cast<std::size_t>(*run_.until_epoch);
  }
  bool at_rung() const {
    return run_.until_epoch && last_epoch() >= *run_.until_epoch && last_epoch() < epochs_;
  }

  /// A word among what the program prints.
  static void say(const RepeatedEpoch& again) {
    if (again.metric.empty()) return;
    const std::string text = fmt::format("ablate: {}\n", difference_text(again));
    pass_on(true, text);
  }

  ProgramOutcome concluded(const ProgramResult& result) const {
    ProgramOutcome ended;
    Outcome& outcome = ended.outcome;
    outcome.peak_memory_bytes = result.peak_memory_bytes;
    outcome.error = result.why;
    switch (result.end) {
      case ProgramEnd::finished:
        finish(ended, result.note);
        break;
      case ProgramEnd::stopped:
        outcome.status = at_rung() ? RunStatus::waiting : RunStatus::interrupted;
        if (result.went_on)
          outcome.error = fmt::format(
              "the program continued past $ABLATE_UNTIL, epoch {}, and was ended there", *run_.until_epoch);
        if (stopped_on_request_) outcome.error = "asked to stop by `ablate stop`";
        break;
      case ProgramEnd::later:
        outcome.status = RunStatus::interrupted;
        ended.later = true;
        break;
      case ProgramEnd::crashed:
        outcome.status = RunStatus::interrupted;
        ended.crashed = true;
        break;
      case ProgramEnd::failed:
        outcome.status = RunStatus::failed;
        break;
      case ProgramEnd::late:
        finish_late(ended, result.note);
        break;
    }
    return ended;
  }

  /// With all epochs in, only its end was late: the run is whole.
  void finish_late(ProgramOutcome& ended, const std::string& unread) const {
    Outcome& outcome = ended.outcome;
    if (length() != epochs_) {
      outcome.status = RunStatus::failed;
      return;
    }
    const std::string late =
        fmt::format("after its last epoch, {}, and was ended", std::exchange(outcome.error, {}));
    finish(ended, unread);
    note(ended, late);
  }

  /// Said of a run that is done.
  static void note(ProgramOutcome& ended, const std::string& text) {
    if (ended.outcome.status != RunStatus::done || text.empty()) return;
    ended.outcome.reason += "; " + text;
    ended.note += (ended.note.empty() ? "" : "; ") + text;
  }

  /// It ended by itself, and well; `unread` says what was not read of its metrics.
  void finish(ProgramOutcome& ended, const std::string& unread) const {
    Outcome& outcome = ended.outcome;
    const int last = length();
    if (known_.empty()) {
      outcome.status = RunStatus::failed;
      outcome.error =
          fmt::format("the program exited with 0 but reported no epoch{}{}\n  try: {}",
                      unread.empty() ? "" : "; ", unread,
                      trainer_.metrics_from
                          ? "does trainer.metrics_from match what it writes?"
                          : "a line {\"epoch\": 1, \"test.accuracy\": 0.9} appended to $ABLATE_METRICS");
    } else if (at_rung()) {
      outcome.status = RunStatus::waiting;
    } else if (ends_before_rung()) {
      outcome.status = RunStatus::failed;
      outcome.error = fmt::format(
          "it ended after epoch {}, which it counts from 0: stop_rules.halving ranks runs by epoch {}, counted from "
          "1\n  try: report epoch + 1, or train up to and with epoch $ABLATE_UNTIL",
          last_epoch(), *run_.until_epoch);
    } else if (!selection_.has_selected()) {
      outcome.status = RunStatus::failed;
      outcome.error =
          fmt::format("trainer.select is {}, which no epoch reported as a number", trainer_.select);
    } else {
      outcome.reason = last == epochs_  ? "all epochs"
                       : last < epochs_ ? fmt::format("ended by itself after epoch {} of {}", last, epochs_)
                                        : fmt::format("went on after epoch {}, the last planned, to epoch {}",
                                                      epochs_, last);
      take_predictions(outcome, ended.truth);
      if (counts_from_zero()) outcome.reason += ", counted from 0";
      note(ended, order_);
      note(ended, missing_text(known_));
      note(ended, trainer_.metrics_from ? unread : lone_epoch_text(known_));
      const Reader reader(links_.shared.database);
      note(ended, contradiction_text(reader.run_selected(run_.id), outcome.at_selected));
    }
  }

  /// Our own metrics of what it says of each sample, where it left a file of that: they are its last epoch's, and
  /// are in no other's row.
  void take_predictions(Outcome& outcome, std::vector<std::uint8_t>& truth) const {
    if (selection_.selected() != last_epoch()) {
      if (!has_predictions(folder_)) return;
      const std::string unused =
          fmt::format("its predictions are of epoch {}, trainer.select chose epoch {}: they are not used",
                      last_epoch(), *selection_.selected());
      outcome.reason += "; " + unused;
      pass_on(true, fmt::format("ablate: {}\n", unused));
      return;
    }
    outcome.reason += unread_predictions(folder_);
    try {
      if (auto found = read_predictions(folder_, "validation"))
        outcome.at_selected.validation = std::move(found->evaluation);
      if (auto found = read_predictions(folder_, "test")) {
        outcome.at_selected.test = std::move(found->evaluation);
        truth = std::move(found->truth);
      }
    } catch (const RequestError& error) {
      outcome.at_selected = {};
      outcome.status = RunStatus::failed;
      outcome.reason.clear();
      outcome.error = error.what();
    }
  }

  const RunRecord& run_;
  const Variant& variant_;
  int epochs_;  ///< planned
  const TrainerSettings& trainer_;
  const ProgramLinks& links_;
  fs::path folder_;
  EpochSelection selection_;
  std::uint64_t offset_ = 0;
  int begins_after_ = 0;  ///< the last epoch of which the folder may hold a checkpoint
  std::set<int> known_;   ///< epochs that the file has
  std::string order_;     ///< the first epoch that came after a later one
  bool stopped_on_request_ = false;
  Stopwatch since_last_;
};

}  // namespace

ProgramOutcome train_by_program(const RunRecord& run, const Variant& variant, const ProgramLinks& links) {
  if (code_sha256(links.shared.study) != links.shared.code_sha256) {
    throw RequestError("the trainer's code has changed since this sweep began",
                       "start the same command again: runs that were not done start over with the new code");
  }
  return ProgramTraining(run, variant, links).work();
}

}  // namespace ablate
