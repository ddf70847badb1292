#pragma once
/// Every setting of a study file. Each struct lists its fields with their defaults; `describe` beside them says, once,
/// each one's key, unit, range and when to change it. The YAML reader and writer, `--set`, the JSON Schema and the
/// reference page (configs/README.md) are all visitors of `describe`.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ablate {

enum class Source { glyphs, fashion_mnist, emnist, idx, csv };
enum class SplitName { train, validation, test };
enum class Activation { relu, tanh, sigmoid, leaky_relu, gelu };
enum class Skip { none, projection, identity };
enum class InitKind { he_normal, he_uniform, glorot_uniform, normal };
enum class OptimizerKind { sgd, adam, adamw, rmsprop, adagrad };
enum class ScheduleKind {
  constant, step, milestones, exponential, inverse_time, cosine, warm_restarts, one_cycle, plateau
};
enum class Selection { validation, last };

/// What early stopping, a plateau schedule and the selection of an epoch look at: "validation.log_loss".
struct Monitor {
  SplitName split = SplitName::validation;
  std::string metric = "log_loss";
  friend bool operator==(const Monitor&, const Monitor&) = default;
};

/// Files of the sources `idx` (images, labels) and `csv` (one file), where they are not named as usual.
struct DataFiles {
  std::vector<std::string> train;
  std::vector<std::string> test;
  friend bool operator==(const DataFiles&, const DataFiles&) = default;
};

struct DataSettings {
  Source source = Source::glyphs;
  std::string split = "balanced";             ///< emnist and csv: the <split> in the files' names
  std::string path;                           ///< folder of the files; empty: the source's usual place
  DataFiles files;
  std::string mapping;                        ///< file of "label character-code" lines; empty: beside the files, if there
  std::optional<bool> transposed;             ///< images stored columns first; unset: as the source usually is
  std::optional<int> train_images;            ///< how many to draw (glyphs, 20000) or to keep; unset: all
  std::optional<int> test_images;             ///< how many to draw (glyphs, 4000) or to keep; unset: all
  int seed = 1;                               ///< of drawn data and of what is kept; apart from the seeds of runs
  std::vector<SplitName> train_on = {SplitName::train};
  double validation = 0.1;                    ///< share of train, stratified by class
  friend bool operator==(const DataSettings&, const DataSettings&) = default;
};

struct Init {
  InitKind kind = InitKind::he_normal;
  double standard_deviation = 0.01;           ///< of `normal` only
  friend bool operator==(const Init&, const Init&) = default;
};

struct ModelSettings {
  std::vector<int> hidden = {256};
  Activation activation = Activation::relu;
  Skip skip = Skip::projection;
  Init init;
  double dropout = 0.0;
  friend bool operator==(const ModelSettings&, const ModelSettings&) = default;
};

struct OptimizerSettings {
  OptimizerKind type = OptimizerKind::sgd;
  double momentum = 0.0;                      ///< sgd, rmsprop
  bool nesterov = false;                      ///< sgd
  double weight_decay = 0.0;                  ///< all; adamw decouples it from the gradient
  double beta1 = 0.9;                         ///< adam, adamw
  double beta2 = 0.999;                       ///< adam, adamw
  double rho = 0.99;                          ///< rmsprop: decay of the mean square
  double epsilon = 1e-8;                      ///< adam, adamw, rmsprop, adagrad
  friend bool operator==(const OptimizerSettings&, const OptimizerSettings&) = default;
};

struct LearningRateSettings {
  ScheduleKind schedule = ScheduleKind::step;
  double initial = 0.01;                      ///< all; of one_cycle: where it begins
  double factor = 0.9;                        ///< step, milestones, plateau
  int every = 10;                             ///< step: epochs
  std::vector<int> at;                        ///< milestones: after these epochs
  double rate = 0.95;                         ///< exponential: factor an epoch
  double decay = 0.1;                         ///< inverse_time: initial / (1 + decay (epoch - 1))
  double minimum = 0.0;                       ///< cosine, warm_restarts, one_cycle, plateau: never below
  int period = 10;                            ///< warm_restarts: epochs of the first cycle
  double multiplier = 2.0;                    ///< warm_restarts: each cycle is this much longer
  double peak = 0.1;                          ///< one_cycle
  int patience = 5;                           ///< plateau: epochs without improvement
  Monitor monitor;                            ///< plateau
  int warmup = 0;                             ///< all: epochs of linear rise to the schedule's value
  friend bool operator==(const LearningRateSettings&, const LearningRateSettings&) = default;
};

struct EarlyStoppingSettings {
  Monitor monitor;
  int patience = 5;                           ///< epochs without improvement
  double minimum_change = 0.0;                ///< a smaller change is no improvement
  friend bool operator==(const EarlyStoppingSettings&, const EarlyStoppingSettings&) = default;
};

struct TrainingSettings {
  int epochs = 20;
  int batch_size = 16;
  bool shuffle = true;
  bool train_biases = true;
  OptimizerSettings optimizer;
  LearningRateSettings learning_rate;
  std::optional<EarlyStoppingSettings> early_stopping;
  Selection select = Selection::validation;   ///< which epoch a run is judged by
  friend bool operator==(const TrainingSettings&, const TrainingSettings&) = default;
};

struct ReportSettings {
  Monitor primary = {SplitName::test, "accuracy"};
  double confidence = 0.95;
  friend bool operator==(const ReportSettings&, const ReportSettings&) = default;
};

/// All that one run depends on, but for its seed.
struct Config {
  DataSettings data;
  ModelSettings model;
  TrainingSettings training;
  friend bool operator==(const Config&, const Config&) = default;
};

/// Text of a value of each enumeration above, as the study file writes it ("he_normal").
std::string to_string(Source);
std::string to_string(SplitName);
std::string to_string(Activation);
std::string to_string(Skip);
std::string to_string(InitKind);
std::string to_string(OptimizerKind);
std::string to_string(ScheduleKind);
std::string to_string(Selection);
std::string to_string(const Monitor&);

}  // namespace ablate
