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

/// With our names, each step's values together, the last of equal ones.
std::map<int, EpochLine> epochs_of(const ForeignRun& run) {
  std::map<int, std::map<std::string, double>> steps;
  for (const ForeignPoint& point : run.points) steps[point.step][point.metric] = point.value;
  std::map<int, EpochLine> lines;
  for (const auto& [step, values] : steps) {
    EpochLine& line = lines[step];
    line.epoch = step;
    for (const auto& [name, value] : values) line.values.push_back({name, value});
  }
  return lines;
}

/// Steps of theirs that make an epoch of ours.
int steps_of(const std::string& step) {
  if (step == "epoch") return 1;
  const auto count = number_of<int>(step.starts_with("every:") ? std::string_view(step).substr(6) : "");
  if (count && *count >= 1) return *count;
  throw RequestError(fmt::format("--step is epoch or every:N, not '{}'", step), "--step every:500");
}

void count_in_epochs(ForeignRun& run, int steps) {
  if (steps == 1) return;
  std::stable_sort(run.points.begin(), run.points.end(),
                   [](const ForeignPoint& a, const ForeignPoint& b) { return a.step < b.step; });
  for (ForeignPoint& point : run.points)
    point.step = static_cast<int>((static_cast<std::int64_t>(point.step) + steps - 1) / steps);
}

ForeignRuns read_all(const ImportOptions& options, const std::map<std::string, std::string>& names) {
  ForeignRuns all;
  if (options.kind == "csv") {
    const auto is_metric = [&](const std::string& column) {
      return names.contains(column) || !metric_name(column).split.empty();
    };
    all.runs = read_csv_runs({options.places.begin(), options.places.end()}, is_metric);
    return all;
  }
  for (const std::string& place : options.places) {
    ForeignRuns some;
    if (options.kind == "tensorboard") {
      some = read_tensorboard_runs(place);
    } else {
      some.runs = read_mlflow_runs(place);
    }
    for (ForeignRun& run : some.runs) all.runs.push_back(std::move(run));
    for (std::string& note : some.notes) all.notes.push_back(std::move(note));
  }
  return all;
}

/// Runs of one experiment, or of those that were named: then it is a parameter, as what they trained on may differ.
void choose_experiments(const ImportOptions& options, std::vector<ForeignRun>& runs) {
  std::set<std::string> known, chosen(options.experiments.begin(), options.experiments.end());
  for (const ForeignRun& run : runs) known.insert(run.experiment);
  const std::vector<std::string> choices(known.begin(), known.end());
  for (const std::string& name : chosen) {
    if (!known.contains(name))
      throw RequestError(fmt::format("--experiment: there is none called '{}'", name),
                         suggestion(name, choices));
  }
  if (chosen.empty() && known.size() > 1)
    throw RequestError(
        fmt::format("the runs are of {} experiments: {}", known.size(), fmt::join(choices, ", ")),
        "which one shall be the study: --experiment NAME; repeated, experiments are compared");
  if (!chosen.empty())
    std::erase_if(runs, [&](const ForeignRun& run) { return !chosen.contains(run.experiment); });
  for (ForeignRun& run : runs) {
    if (chosen.size() > 1) run.params["experiment"] = run.experiment;
  }
}

using MetricNames = std::map<std::string, std::string>;

/// Refuses names of --map that no run has, and those that a run has beside it.
void check_map(const MetricNames& names, const std::vector<ForeignRun>& runs, bool are_columns) {
  std::set<std::string> metrics, known;
  for (const ForeignRun& run : runs) {
    for (const ForeignPoint& point : run.points) metrics.insert(point.metric);
    for (const auto& [param, value] : run.params) {
      if (are_columns) known.insert(param);
    }
  }
  known.insert(metrics.begin(), metrics.end());
  const std::vector<std::string> choices(known.begin(), known.end());
  for (const auto& [theirs, ours] : names) {
    if (!metrics.contains(theirs))
      throw RequestError(fmt::format("--map: no run has a metric '{}'", theirs), suggestion(theirs, choices));
    if (theirs != ours && metrics.contains(ours) && !names.contains(ours))
      throw RequestError(fmt::format("--map: {} would be {}, which the runs have already", theirs, ours),
                         "another name");
  }
}

/// What the values of a column of numbers say of it; nothing: some value is no number.
struct ForeignColumn {
  bool is_number = true;
  std::map<std::string, std::set<int>> steps;  ///< of each value

  /// Of most values one: a factor keeps its value over the steps of a run.
  bool changes_with_step() const {
    const auto lasting =
        std::count_if(steps.begin(), steps.end(), [](const auto& value) { return value.second.size() > 1; });
    return is_number && steps.size() > 1 && 2 * static_cast<std::size_t>(lasting) < steps.size();
  }
};

/// A metric that no --map names makes a run of each row, with its value for a parameter. Refuses it.
void check_columns(const std::vector<ForeignRun>& runs, const std::string& seed) {
  std::map<std::string, ForeignColumn> columns;
  std::set<int> steps;
  std::size_t single = 0;
  for (const ForeignRun& run : runs) {
    std::set<int> own;
    for (const ForeignPoint& point : run.points) own.insert(point.step);
    steps.insert(own.begin(), own.end());
    single += own.size() <= 1 ? 1 : 0;
    for (const auto& [key, value] : run.params) {
      if (key == seed) continue;
      ForeignColumn& column = columns[key];
      column.is_number = column.is_number && (value.empty() || number_of<double>(value));
      if (!value.empty()) column.steps[value].insert(own.begin(), own.end());
    }
  }
  if (steps.size() < 2 || 2 * single <= runs.size()) return;
  std::vector<std::string> changing;
  for (const auto& [key, column] : columns) {
    if (column.changes_with_step()) changing.push_back(key);
  }
  if (changing.empty()) return;
  throw RequestError(
      fmt::format("column '{}' changes from epoch to epoch, and would make a run of each row",
                  changing.front()),
      fmt::format(
          "is it a metric: --map {}; is it a parameter: --factors KEY,... with those that make the variants",
          shell_word(changing.front() + "=validation.NAME")));
}

std::vector<ForeignRun> read_runs(const ImportOptions& options, Console& console) {
  const auto names = metric_map(options);
  const int steps = steps_of(options.step);
  ForeignRuns all = read_all(options, names);
  choose_experiments(options, all.runs);
  for (const std::string& note : all.notes) console.err << fmt::format("note: {}\n", escape_terminal(note));
  check_map(names, all.runs, options.kind == "csv");
  if (options.kind == "csv" && options.factors.empty())
    check_columns(all.runs, options.seed.empty() ? "seed" : options.seed);
  for (ForeignRun& run : all.runs) {
    count_in_epochs(run, steps);
    for (ForeignPoint& point : run.points) {
      const std::string theirs = point.metric;
      const auto ours = names.find(theirs);
      if (ours != names.end()) point.metric = ours->second;
      point.value = kept_value(point.metric, point.value);
      const std::string what = impossible_text(point.metric, point.value);
      if (what.empty()) continue;
      throw RequestError(fmt::format("{}, step {}: {}", run.name, point.step, what),
                         fmt::format("in other units it needs another name: --map {}",
                                     shell_word(theirs + '=' + point.metric + "_percent")));
    }
  }
  return std::move(all.runs);
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
  for (const auto& [step, line] : epochs_of(run)) {
    ReportedEpoch reported = reported_epoch(line, std::numeric_limits<double>::quiet_NaN());
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
    const auto found = by_place.find({claimed->variant, claimed->seed});
    if (found != by_place.end()) {
      write_run(store, *claimed, *found->second, *study.trainer());
    } else {
      Outcome missing;
      missing.status = RunStatus::failed;
      missing.error = "no such run was among those imported";
      store.finish(claimed->id, missing);
    }
  }
}

/// Numbered runs are as many as each variant has.
Store::PlanOptions numbers_of(const ForeignStudy& made) {
  Store::PlanOptions planning;
  if (made.paired) return planning;
  for (const ForeignStudy::Place& place : made.places) ++planning.fewer_seeds[place.variant];
  return planning;
}

}  // namespace

int import_runs(const ImportOptions& options, const fs::path& database, Console& console) {
  if (options.study.empty())
    throw RequestError(fmt::format("import {}: --study NAME is missing", options.kind),
                       "what the study is to be called");
  const std::vector<ForeignRun> runs = read_runs(options, console);
  const ForeignStudy made = foreign_study(runs, options);
  const Study study = parse_study(made.yaml, "the imported study", {}, metric_names());
  std::error_code error;
  if (fs::exists(database, error)) {
    for (const StudyCounts& row : Reader(database).studies()) {
      if (row.study.name == study.name)
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
    const std::int64_t id = store.plan(study_record(study), variants, seeds_of(study), numbers_of(made));
    const std::string places =
        options.places.size() == 1 ? options.places.front() : fmt::format("{} files", options.places.size());
    fill(store, id, study, made, runs, fmt::format("imported from {} ({})", places, options.kind));
  }
  settle_log(part);
  const std::atomic<bool> stop = false;
  merge_any({part}, database, {}, stop);
  settle_log(database);
  if (!made.paired) console.err << "the runs name no seed: they are numbered, and compared unpaired\n";
  console.err << fmt::format("{}: {} as {}; `ablate report {}` says what they say\n", study.name,
                             counted(runs.size(), "run"), counted(study.variants.size(), "variant"),
                             shell_word(study.name));
  console.out << study.name << "\n";
  return exit_done;
}

}  // namespace ablate
