#include <algorithm>
#include <ostream>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "cli/foreign_settings.hpp"
#include "cli/import_runs.hpp"
#include "exchange/foreign_nesting.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

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
    std::vector<std::string> faults;
    const auto settings_of = [&faults](const fs::path& file) { return settings_beside(file, faults); };
    all.runs = read_csv_runs({options.places.begin(), options.places.end()}, {is_metric, settings_of});
    if (faults.size() > 1) faults.front() += fmt::format(" (and {} more)", faults.size() - 1);
    faults.resize(std::min<std::size_t>(faults.size(), 1));
    all.notes = faults;
    return all;
  }
  for (const std::string& place : options.places) {
    ForeignRuns some = options.kind == "tensorboard" ? read_tensorboard_runs(place) : read_mlflow_runs(place);
    for (ForeignRun& run : some.runs) all.runs.push_back(std::move(run));
    for (std::string& note : some.notes) all.notes.push_back(std::move(note));
  }
  return all;
}

/// Runs of one experiment, or of those that were named: then it is a parameter, as what they trained on may differ.
void choose_experiments(const ImportOptions& options, std::vector<ForeignRun>& runs) {
  std::set<std::string> known, measured, chosen(options.experiments.begin(), options.experiments.end());
  for (const ForeignRun& run : runs) {
    known.insert(run.experiment);
    if (!run.points.empty()) measured.insert(run.experiment);
  }
  const std::vector<std::string> choices(known.begin(), known.end());
  for (const std::string& name : chosen) {
    if (!known.contains(name))
      throw RequestError(fmt::format("--experiment: there is none called '{}'", name),
                         suggestion(name, choices));
    if (!measured.contains(name))
      throw RequestError(fmt::format("--experiment: no run of '{}' has a metric", name),
                         measured.empty()
                             ? "mlflow.log_metric writes one"
                             : fmt::format("runs with metrics are in {}", fmt::join(measured, ", ")));
  }
  if (chosen.empty() && measured.size() > 1)
    throw RequestError(
        fmt::format("the runs are of {} experiments: {}", measured.size(), fmt::join(measured, ", ")),
        "which one is the study: --experiment NAME; repeated, experiments are compared");
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

/// Parameters that every run that finished has.
std::set<std::string> common_params(const std::vector<ForeignRun>& runs) {
  std::map<std::string, std::size_t> counts;
  std::size_t finished = 0;
  for (const ForeignRun& run : runs) {
    if (!run.finished) continue;
    ++finished;
    for (const auto& [key, value] : run.params) ++counts[key];
  }
  std::set<std::string> common;
  for (const auto& [key, count] : counts) {
    if (count == finished) common.insert(key);
  }
  return common;
}

/// A run that ended before it had logged its parameters would be a variant of its own, and make a factor of each.
void leave_out_incomplete(ForeignRuns& all) {
  const std::set<std::string> common = common_params(all.runs);
  std::vector<std::string> names;
  std::erase_if(all.runs, [&](const ForeignRun& run) {
    const bool lacks =
        !run.finished && std::any_of(common.begin(), common.end(),
                                     [&](const std::string& key) { return !run.params.contains(key); });
    if (lacks) names.push_back(run.name);
    return lacks;
  });
  if (!names.empty())
    all.notes.push_back("left out, as they did not finish and lack parameters that all others have: " +
                        names_text(names));
}

/// A metric with a value at one step alone, where others have several, was logged for the run as a whole: trackers give
/// it step 0, or the one at which it was known. Returns such metrics.
std::set<std::string> take_as_of_run(ForeignRun& run) {
  std::map<std::string, std::set<int>> steps;
  for (const ForeignPoint& point : run.points) steps[point.metric].insert(point.step);
  std::set<std::string> single;
  for (const auto& [metric, at] : steps) {
    if (at.size() == 1) single.insert(metric);
  }
  if (single.size() == steps.size()) return {};
  for (ForeignPoint& point : run.points) point.is_of_run = single.contains(point.metric);
  return single;
}

void take_all_as_of_run(std::vector<ForeignRun>& runs, Console& console) {
  std::set<std::string> metrics;
  for (ForeignRun& run : runs) metrics.merge(take_as_of_run(run));
  if (metrics.empty()) return;
  console.err << fmt::format(
      "note: logged once in runs that log others at several steps, and taken for the value at the epoch that "
      "counts: {}\n",
      escape_terminal(names_text({metrics.begin(), metrics.end()})));
}

/// What all begin with, up to a separator and with it.
std::size_t common_part(const std::set<std::string>& folders) {
  const std::string &first = *folders.begin(),
                    &last = *folders.rbegin();  // of sorted texts these differ first
  const auto [at, other] = std::mismatch(first.begin(), first.end(), last.begin(), last.end());
  const std::size_t slash = first.rfind('/', static_cast<std::size_t>(at - first.begin()));
  return slash == std::string::npos ? 0 : slash + 1;
}

/// Runs with the same parameters in different folders differ in something that is written down in the folders' names alone.
void take_folders_as_parameter(std::vector<ForeignRun>& runs, Console& console) {
  std::map<std::map<std::string, std::string>, std::string> folders;
  std::set<std::string> all;
  bool is_needed = false;
  for (const ForeignRun& run : runs) {
    is_needed |= folders.try_emplace(run.params, run.folder).first->second != run.folder;
    if (run.params.contains("folder")) return;
    all.insert(run.folder);
  }
  if (!is_needed) return;
  const std::size_t begin = common_part(all);
  for (ForeignRun& run : runs) run.params["folder"] = run.folder.substr(std::min(begin, run.folder.size()));
  console.err
      << "note: runs with the same parameters lie in different folders, so folder is a factor; --factors names "
         "others\n";
}

}  // namespace

std::vector<ForeignRun> read_runs(const ImportOptions& options, Console& console) {
  const auto names = metric_map(options);
  const int steps = steps_of(options.step);
  ForeignRuns all = read_all(options, names);
  choose_experiments(options, all.runs);
  if (options.kind == "mlflow") leave_out_parents(all);
  leave_out_incomplete(all);
  take_folders_as_parameter(all.runs, console);
  for (const std::string& note : all.notes) console.err << fmt::format("note: {}\n", escape_terminal(note));
  check_map(names, all.runs, options.kind == "csv");
  if (options.kind == "csv" && options.factors.empty())
    check_columns(all.runs, options.seed.empty() || options.seed == "none" ? "seed" : options.seed);
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
  if (options.kind != "csv") take_all_as_of_run(all.runs, console);
  return std::move(all.runs);
}

}  // namespace ablate
