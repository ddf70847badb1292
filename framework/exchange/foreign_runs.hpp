#pragma once
/// Finished runs of other trackers, as they recorded them.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ablate {

struct ForeignPoint {
  int step = 0;
  std::string metric;
  double value = 0.0;
  bool is_of_run =
      false;  ///< the run's as a whole, whatever its step: it counts for the epoch that is selected
};

struct ForeignRun {
  std::string name;        ///< for messages: "run 3f2a of mlflow.db"
  std::string experiment;  ///< of MLflow: whose runs belong together
  std::string id, parent;  ///< of MLflow: its own, and that of the run that it is nested in; empty: of none
  std::string folder;      ///< of TensorBoard and of loggers' CSV: the folder in which the run's own lies
  std::map<std::string, std::string> params;
  std::vector<ForeignPoint> points;  ///< of equal step and metric the last counts
  bool finished = true;              ///< it ended, and well
};

struct ForeignRuns {
  std::vector<ForeignRun> runs;
  std::vector<std::string> notes;  ///< of what was left out, a sentence each
};

/// What a CSV file does not say itself.
struct CsvWords {
  std::function<bool(const std::string& column)> is_metric;
  std::function<std::map<std::string, std::string>(const std::filesystem::path& file)> settings_of;
};

/// Rows of tidy CSV, with a header: a column that `is_metric` says is one is a metric, `epoch` (else `step`) is the
/// step, all others are parameters; rows with the same parameters are one run, but a metric that comes again for the same
/// step is another run's. A file of Lightning's or Keras' CSVLogger is a run of its own: `step` beside `epoch` is a place
/// within it, of which the last value counts, `val_acc` is validation.acc, `acc` beside it train.acc, and its parameters are
/// `settings_of` the file, then `key=value` in its folders. Throws RequestError with the place.
std::vector<ForeignRun> read_csv_runs(const std::vector<std::filesystem::path>& files, const CsvWords& words);

/// Runs of MLflow that are not deleted: of its database of version 3 (tables runs, params, metrics, experiments), or of
/// its file store, also runs without metrics and the parents of nested runs. Throws RequestError where a table or
/// column is missing.
ForeignRuns read_mlflow_runs(const std::filesystem::path& path);

/// Event files of TensorBoard below `folder`, a run for each folder that has scalars: parameters are its
/// hyperparameters, and `key=value` in its path. A folder `train`, `validation` or `test` is a split of the run above
/// it, one of hyperparameters alone (PyTorch's add_hparams) or of one tag (its add_scalars) that run's. What a START of a session took back is left
/// out. Throws RequestError where there is none, or a file is damaged.
ForeignRuns read_tensorboard_runs(const std::filesystem::path& folder);

}  // namespace ablate
