#include "cli/import_runs.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <ostream>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "base/work_folder.hpp"
#include "cli/common.hpp"
#include "config/study.hpp"
#include "exchange/import.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "runner/plan.hpp"
#include "runner/program_records.hpp"
#include "store/settle.hpp"
#include "store/store.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"
#include "train/epoch_line.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

using EpochLines = std::map<int, EpochLine>;

/// Each step's values together, the last of equal ones.
EpochLines epochs_of(const ForeignRun& run) {
  std::map<int, std::map<std::string, double>> steps;
  for (const ForeignPoint& point : run.points) {
    if (!point.is_of_run) steps[point.step][point.metric] = point.value;
  }
  EpochLines lines;
  for (const auto& [step, values] : steps) {
    EpochLine& line = lines[step];
    line.epoch = step;
    for (const auto& [name, value] : values) line.values.push_back({name, value});
  }
  return lines;
}

ReportedEpoch reported_of(const EpochLine& line) {
  return reported_epoch(line, std::numeric_limits<double>::quiet_NaN());
}

/// With what is of the run as a whole in the line that is selected; the last where none is.
EpochLines epochs_of(const ForeignRun& run, EpochSelection selection) {
  EpochLines lines = epochs_of(run);
  if (lines.empty()) return lines;
  int latest = -1, selected = lines.rbegin()->first;
  for (const auto& [step, line] : lines) {
    if (selection.selects(reported_of(line), latest)) selected = step;
    latest = step;
  }
  std::map<std::string, double> values;
  for (const ForeignPoint& point : run.points) {
    if (point.is_of_run) values[point.metric] = point.value;
  }
  for (const auto& [name, value] : values) lines[selected].values.push_back({name, value});
  return lines;
}

/// Fills a claimed run.
void write_run(Store& store, const RunRecord& claimed, const ForeignRun& run,
               const TrainerSettings& trainer) {
  const auto metrics = declared_metrics(trainer);
  const auto selecting = std::find_if(metrics.begin(), metrics.end(), [&](const DeclaredMetric& metric) {
    return metric.name == trainer.select;
  });
  EpochSelection selection(trainer.select, selecting == metrics.end() || selecting->up);
  int latest = -1;
  for (const auto& [step, line] : epochs_of(run, selection)) {
    ReportedEpoch reported = reported_of(line);
    reported.record.selected = selection.selects(reported, latest);
    store.add_epoch(claimed.id, reported.record, 300.0, reported.values);
    latest = step;
  }
  Outcome outcome;
  outcome.status = run.finished ? RunStatus::done : RunStatus::failed;
  outcome.reason = "imported: " + run.name;
  if (!run.finished) outcome.error = "it had not finished where it was imported from";
  store.finish(claimed.id, outcome);
}

void fill(Store& store, std::int64_t study_id, const Study& study, const ForeignStudy& made,
          const std::vector<ForeignRun>& runs, const std::string& origin) {
  std::map<std::pair<std::string, std::int64_t>, const ForeignRun*> by_place;
  for (std::size_t i = 0; i < runs.size(); ++i)
    by_place[{made.places[i].variant, made.places[i].seed}] = &runs[i];
  Store::Provenance provenance;
  provenance.code_version = origin;
  provenance.selected_by = study.trainer()->select == "last" ? "last epoch" : study.trainer()->select;
  Claimant claimant;
  claimant.worker = "import";
  while (const auto claimed = store.claim(study_id, claimant)) {
    store.set_provenance(claimed->id, provenance);
    write_run(store, *claimed, *by_place.at({claimed->variant, claimed->seed}), *study.trainer());
  }
}

/// The runs that came, and no others.
Store::PlanOptions planning_of(const ForeignStudy& made) {
  Store::PlanOptions planning;
  for (const ForeignStudy::Place& place : made.places)
    planning.only_seeds[place.variant].push_back(place.seed);
  return planning;
}

/// The command that comes next, as it has to be typed.
std::string what_compares_them(const Study& study, const fs::path& database) {
  const std::string command =
      fmt::format("ablate report {}{}", shell_word(study.name), database_words(database));
  const bool has_baseline = std::any_of(study.variants.begin(), study.variants.end(),
                                        [](const Variant& variant) { return variant.is_baseline; });
  if (has_baseline || study.variants.size() < 2) return fmt::format("`{}` compares them", command);
  return fmt::format("`{} --baseline {}` compares them with that variant, or name another", command,
                     shell_word(study.variants.front().name));
}

}  // namespace

int import_runs(const ImportOptions& options, const fs::path& database, Console& console) {
  if (options.study.empty())
    throw RequestError(fmt::format("import {}: --study NAME is missing", options.kind),
                       "the name of the study");
  const std::vector<ForeignRun> runs = read_runs(options, console);
  const ForeignStudy made = foreign_study(runs, options);
  const Study study = parse_study(made.yaml, "the imported study", {}, metric_names());
  std::error_code error;
  if (fs::exists(database, error)) {
    for (const StudyRecord& there : Reader(database).studies()) {
      if (there.name == study.name)
        throw RequestError(fmt::format("{} has a study '{}' already", database.string(), study.name),
                           "another name with --study");
    }
  }
  const WorkFolder folder(fs::path(database.string() + ".import"));
  const fs::path part = folder.path() / "part.db";
  {
    Store store(part);
    std::vector<VariantRecord> variants;
    for (const Variant& variant : study.variants) variants.push_back(variant_record(variant));
    const std::int64_t id = store.plan(study_record(study), variants, seeds_of(study), planning_of(made));
    const std::string places =
        options.places.size() == 1 ? options.places.front() : fmt::format("{} files", options.places.size());
    fill(store, id, study, made, runs, fmt::format("imported from {} ({})", places, options.kind));
  }
  settle_log(part);
  const std::atomic<bool> stop = false;
  merge_any({part}, database, {}, stop);
  settle_log(database);
  if (!made.paired)
    console.err << (options.seed == "none" ? "--seed none" : "the runs name no seed")
                << ": they are numbered, and compared unpaired\n";
  console.err << fmt::format("{}: {} as {}; {}\n", study.name, counted(runs.size(), "run"),
                             counted(study.variants.size(), "variant"), what_compares_them(study, database));
  console.out << study.name << "\n";
  return exit_done;
}

}  // namespace ablate
