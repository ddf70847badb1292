#include "runner/verify_program.hpp"

#include <map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/work_folder.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "runner/program_files.hpp"
#include "runner/program_start.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using Values = std::map<std::string, double>;

/// As SQLite keeps them: not a number as NULL, and minus zero as zero.
bool same_value(double a, double b) { return a == b || (a != a && b != b); }

/// What the file has of each epoch, by metric; a metric of the suite that is no number was not reported.
std::map<int, Values> stored_epochs(const Reader& reader, std::int64_t run_id) {
  std::map<int, Values> epochs;
  for (const EpochRow& row : reader.run_epochs(run_id)) epochs[row.epoch];
  for (const SplitMetrics& row : reader.run_curves(run_id)) {
    for (const Metric& metric : metric_table()) {
      if (const double value = row.suite.*metric.value; value == value)
        epochs[row.epoch][fmt::format("{}.{}", to_string(row.split), metric.name)] = value;
    }
  }
  for (const FreeValueAt& row : reader.run_values(run_id))
    epochs[row.epoch][to_string(MetricName{row.value.split, row.value.metric})] = row.value.value;
  return epochs;
}

std::string compare_line(const Values& stored, const EpochLine& line) {
  const std::string where = fmt::format("epoch {}: ", line.epoch);
  Values left = stored;
  for (const EpochLine::Value& value : line.values) {
    const auto found = left.find(value.name);
    const bool is_number = value.value == value.value;
    if (found == left.end()) {
      if (is_number) return fmt::format("{}{} is not in the file and {} now", where, value.name, value.value);
      continue;
    }
    if (!same_value(found->second, value.value))
      return fmt::format("{}{} is {} in the file and {} now", where, value.name, found->second, value.value);
    left.erase(found);
  }
  if (left.empty()) return {};
  return fmt::format("{}{} is in the file, and was not reported now", where, left.begin()->first);
}

/// Only what the run was trained with trains it again.
void check_code(const RunRecord& run, const Variant& variant, const fs::path& folder) {
  if (run.status != RunStatus::done)
    throw RequestError(
        fmt::format("run {} is {}: only a run that is done can be verified", run.id, to_string(run.status)));
  Study of_code;
  of_code.folder = folder;
  of_code.variants = {variant};
  check_program(of_code);
  if (code_sha256(of_code) == run.origin.program_sha256) return;
  throw RequestError(fmt::format("the trainer's code is not that of run {}", run.id),
                     "verify it where the files of trainer.code are as they were then; --folder names the "
                     "folder of the study file");
}

/// What remains to be said where every epoch that came was the same.
void conclude_verification(const ProgramResult& result, std::size_t stored, Verification& found) {
  if (result.end == ProgramEnd::stopped) {
    found.stopped = true;
  } else if (result.end != ProgramEnd::finished &&
             !(result.end == ProgramEnd::late && static_cast<std::size_t>(found.epochs) == stored)) {
    found.difference = "it ended well, and now failed: " + result.why;
  } else if (static_cast<std::size_t>(found.epochs) != stored) {
    found.difference = fmt::format("it reported {} epochs, and now {}", stored, found.epochs);
  }
}

}  // namespace

Verification verify_program_run(const Reader& reader, const RunRecord& run, const Variant& variant,
                                const StudyPlace& study, const std::function<void(int, int)>& on_epoch,
                                const Pulse& pulse) {
  check_code(run, variant, study.folder);
  const WorkFolder scratch(fs::absolute(study.database).string() + ".verify",
                           "runs are trained again beside the database");
  const auto stored = stored_epochs(reader, run.id);
  const fs::path folder = scratch.path() / run.uuid;
  make_run_folder(folder, *variant.trainer, true);
  RunRecord anew = run;
  anew.epochs_done = 0;
  anew.attempt = 1;
  anew.until_epoch.reset();
  const DeviceClaim devices(variant.trainer->resources.gpus.value_or(0), pulse);
  Verification found;
  const auto take = [&](const EpochLine& line, std::uint64_t) {
    if (!found.difference.empty()) return ProgramAnswer::stop;  // a line written before it did
    const auto epoch = stored.find(line.epoch);
    found.difference = epoch == stored.end() ? fmt::format("epoch {}: the file lacks it", line.epoch)
                                             : compare_line(epoch->second, line);
    if (!found.difference.empty()) return ProgramAnswer::stop;
    ++found.epochs;
    if (on_epoch) on_epoch(line.epoch, static_cast<int>(stored.size()));
    return ProgramAnswer::go_on;
  };
  const ProgramResult result =
      run_program(program_run(anew, variant, {folder, study.folder, study.name}, devices), take, pulse,
                  [](bool, std::string_view) {});
  if (found.difference.empty()) conclude_verification(result, stored.size(), found);
  return found;
}

}  // namespace ablate
