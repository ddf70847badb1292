#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text_value.hpp"
#include "exchange/foreign_runs.hpp"
#include "store/foreign_database.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = 256u << 20;

double real_of(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return std::numeric_limits<double>::quiet_NaN();
}

int step_of(double step) { return static_cast<int>(std::clamp(step, 0.0, 1e9)); }

constexpr const char* parent_tag = "mlflow.parentRunId";

ForeignRuns in_order(std::map<std::string, ForeignRun> runs) {
  ForeignRuns all;
  for (auto& [id, run] : runs) all.runs.push_back(std::move(run));
  return all;
}

ForeignRuns read_database(const fs::path& path) {
  const ForeignDatabase file(path);
  file.require("runs", {"run_uuid", "status", "lifecycle_stage", "start_time", "experiment_id"});
  file.require("experiments", {"experiment_id", "name"});
  for (const char* table : {"params", "tags"}) file.require(table, {"run_uuid", "key", "value"});
  file.require("metrics", {"run_uuid", "key", "value", "step", "timestamp", "is_nan"});
  std::map<std::string, ForeignRun> runs;
  file.select(
      "SELECT run_uuid, status, coalesce(experiments.name, experiment_id) FROM runs LEFT JOIN experiments USING "
      "(experiment_id) WHERE runs.lifecycle_stage = 'active'",
      [&](const std::vector<Value>& row) {
        ForeignRun& run = runs[to_string(row[0])];
        run.id = to_string(row[0]);
        run.name = fmt::format("run {} of {}", to_string(row[0]).substr(0, 8), path.string());
        run.finished = to_string(row[1]) == "FINISHED";
        run.experiment = to_string(row[2]);
      });
  file.select("SELECT run_uuid, key, value FROM params", [&](const std::vector<Value>& row) {
    const auto run = runs.find(to_string(row[0]));
    if (run != runs.end()) run->second.params[to_string(row[1])] = to_string(row[2]);
  });
  file.select(fmt::format("SELECT run_uuid, value FROM tags WHERE key = '{}'", parent_tag),
              [&](const std::vector<Value>& row) {
                const auto run = runs.find(to_string(row[0]));
                if (run != runs.end()) run->second.parent = to_string(row[1]);
              });
  file.select(
      "SELECT run_uuid, key, step, iif(is_nan, NULL, value) FROM metrics ORDER BY run_uuid, step, timestamp",
      [&](const std::vector<Value>& row) {
        const auto run = runs.find(to_string(row[0]));
        if (run == runs.end()) return;
        run->second.points.push_back({step_of(real_of(row[2])), to_string(row[1]), real_of(row[3])});
      });
  return in_order(std::move(runs));
}

/// "FINISHED" or 3 of "status: 3" in a meta.yaml.
std::string meta_value(const std::string& meta, const std::string& key) {
  std::istringstream lines(meta);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(key + ": ")) continue;
    std::string value = line.substr(key.size() + 2);
    std::erase_if(value, [](char c) { return c == '\'' || c == '"'; });
    return value;
  }
  return {};
}

/// "1666 0.25 3": milliseconds, value, step.
void add_points(const fs::path& file, const std::string& metric, ForeignRun& run) {
  std::istringstream lines(read_file(file, largest_file));
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream parts(line);
    std::string moment, value, step = "0";
    parts >> moment >> value >> step;
    const auto read = number_of<double>(value), at = number_of<double>(step);
    if (!read || !at)
      throw RequestError(Location{file.string(), number, 0}, "expected a time, a value and a step");
    run.points.push_back({step_of(*at), metric, *read});
  }
}

void add_files(const fs::path& folder,
               const std::function<void(const fs::path&, const std::string&)>& visit) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_regular_file(error))
      visit(entry->path(), entry->path().lexically_relative(folder).generic_string());
  }
}

ForeignRuns read_file_store(const fs::path& root) {
  std::map<std::string, ForeignRun> runs;
  std::error_code error;
  for (const auto& experiment : fs::directory_iterator(root, error)) {
    const fs::path about = experiment.path() / "meta.yaml";
    std::string name = fs::exists(about, error) ? meta_value(read_file(about, largest_file), "name") : "";
    if (name.empty()) name = experiment.path().filename().string();
    for (const auto& entry : fs::directory_iterator(experiment.path(), error)) {
      const fs::path meta = entry.path() / "meta.yaml";
      if (!fs::exists(meta, error)) continue;
      const std::string text = read_file(meta, largest_file);
      if (meta_value(text, "lifecycle_stage") == "deleted") continue;
      const std::string id = entry.path().filename().string(), status = meta_value(text, "status");
      ForeignRun& run = runs[id];
      run.id = id;
      run.name = fmt::format("run {} of {}", id.substr(0, 8), root.string());
      run.finished = status == "3" || status == "FINISHED";
      run.experiment = name;
      const fs::path parent = entry.path() / "tags" / parent_tag;
      if (fs::exists(parent, error)) run.parent = read_file(parent, largest_file);
      add_files(entry.path() / "params", [&](const fs::path& file, const std::string& key) {
        run.params[key] = read_file(file, largest_file);
      });
      add_files(entry.path() / "metrics",
                [&](const fs::path& file, const std::string& key) { add_points(file, key, run); });
    }
    error.clear();
  }
  if (runs.empty())
    throw RequestError(fmt::format("{} is no file store of MLflow: it holds no run", root.string()),
                       "mlruns, the folder of experiments; or a database, mlflow.db");
  return in_order(std::move(runs));
}

}  // namespace

ForeignRuns read_mlflow_runs(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) ? read_file_store(path) : read_database(path);
}

}  // namespace ablate
