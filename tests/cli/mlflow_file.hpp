#pragma once
/// A database of MLflow, as far as it is read.

#include <map>
#include <string>

#include <fmt/format.h>

#include "store/store_support.hpp"

namespace ablate::test {

/// As MLflow 3 makes them.
inline const std::string mlflow_tables =
    "CREATE TABLE experiments(experiment_id INTEGER, name TEXT); INSERT INTO experiments VALUES (1, 'cifar'), "
    "(2, 'mnist'); CREATE TABLE runs(run_uuid TEXT, status TEXT, lifecycle_stage TEXT, start_time INTEGER, "
    "experiment_id INTEGER); CREATE TABLE params(run_uuid TEXT, key TEXT, value TEXT); CREATE TABLE "
    "tags(run_uuid TEXT, key TEXT, value TEXT); CREATE TABLE metrics(run_uuid TEXT, key TEXT, value REAL, step "
    "INTEGER, timestamp INTEGER, is_nan INTEGER)";

/// A run with values at step 0, below `parent`, where there is one.
struct MlflowRun {
  std::string id;
  std::map<std::string, std::string> params;
  std::map<std::string, double> metrics;
  std::string parent;
  int experiment = 1;
  std::string status = "FINISHED";

  void write(const std::string& file) const {
    execute(file,
            fmt::format("INSERT INTO runs VALUES ('{}', '{}', 'active', 0, {})", id, status, experiment));
    for (const auto& [key, value] : params)
      execute(file, fmt::format("INSERT INTO params VALUES ('{}', '{}', '{}')", id, key, value));
    for (const auto& [key, value] : metrics)
      execute(file, fmt::format("INSERT INTO metrics VALUES ('{}', '{}', {}, 0, 1, 0)", id, key, value));
    if (!parent.empty())
      execute(file, fmt::format("INSERT INTO tags VALUES ('{}', 'mlflow.parentRunId', '{}')", id, parent));
  }
};

}  // namespace ablate::test
