#pragma once
/// Plans a study and writes down what of it is to be trained elsewhere.

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "runner/cluster/manifest.hpp"
#include "runner/cluster/work_files.hpp"
#include "runner/sweep.hpp"

namespace ablate {

struct SendOptions {
  int runs_per_task = 1;
  double publish_seconds = 60.0;
  std::set<std::string> under_way = {};  ///< runs, by uuid, that are not sent again
  bool retry_failed = false;             ///< failed and diverged runs too
  std::optional<double> near = {};       ///< AuditOptions::near_threshold
};

struct Send {
  Manifest manifest;
  std::filesystem::path file;  ///< of the manifest
};

/// Lets the study's stop rule decide on the runs that have come to their rung; a study without one stays as it is.
void settle_rungs(const Study& study, const std::filesystem::path& database);

/// Writes the manifest of the runs that are planned, left behind or interrupted in the results file and not under way,
/// and beside it the checkpoints that the results file has of them. Nothing: there is no such run. The study must be
/// planned. Results of earlier sends are to be gathered before.
std::optional<Send> write_send(const Study& study, const std::filesystem::path& database,
                               DatasetCache& datasets, const WorkFiles& files, const SendOptions& options);

}  // namespace ablate
