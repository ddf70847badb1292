#pragma once
/// Finished runs of other trackers as a study of ours.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "exchange/foreign_runs.hpp"

namespace ablate {

/// What `ablate import csv|tensorboard|mlflow` was asked for.
struct ImportOptions {
  std::string kind;                 ///< "csv", "tensorboard" or "mlflow"
  std::vector<std::string> places;  ///< files, or a folder
  std::string study, seed, factors, baseline, primary, select = "last", step = "epoch";
  std::vector<std::string> names;        ///< --map theirs=ours
  std::vector<std::string> experiments;  ///< --experiment, of MLflow
  std::vector<std::string> directions;   ///< --metric name=up|down
};

/// Puts the runs into the database as a new study: factors are the parameters that vary and are not the seed, variants
/// their different values; where no seed is named, runs are numbered and the study is not paired. All of it arrives or nothing. Throws RequestError with what is missing and what to say.
int import_runs(const ImportOptions& options, const std::filesystem::path& database, Console& console);

/// What the options name, with our names for metrics; notes of what was left out or taken for another thing go to
/// the console. Throws RequestError.
std::vector<ForeignRun> read_runs(const ImportOptions& options, Console& console);

/// The study that they make, as its file would say it, and the variant and seed of each run.
struct ForeignStudy {
  std::string yaml;
  struct Place {
    std::string variant;
    std::int64_t seed = 0;
  };
  std::vector<Place> places;  ///< of the runs, in their order
  bool paired = true;         ///< false: the runs are numbered, for they name no seed
};
ForeignStudy foreign_study(const std::vector<ForeignRun>& runs, const ImportOptions& options);

/// Their names for metrics as ours, by --map; "val/acc" of `--map val/acc=validation.accuracy`. Throws
/// RequestError where one of theirs has two names, or two of theirs the same.
std::map<std::string, std::string> metric_map(const ImportOptions& options);

/// Both sides of "name=value", which may hold further = before the last. Throws RequestError with the option.
std::pair<std::string, std::string> option_pair(const std::string& text, const char* option);

}  // namespace ablate
