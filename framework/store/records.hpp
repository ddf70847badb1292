#pragma once
/// Plain records that go into and come out of the results database. No SQLite type appears here.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "config/settings.hpp"
#include "metrics/by_split.hpp"
#include "metrics/evaluation.hpp"

namespace ablate {

/// As it is reported: a run whose worker is gone (dead on this machine, or its lease ran out) is interrupted.
/// `waiting`: at a stop rule's rung, until the other runs have come as far; `stopped`: by such a rule.
enum class RunStatus { planned, running, waiting, done, stopped, diverged, failed, interrupted };
std::string to_string(RunStatus status);

struct FactorRecord {
  std::string key;
  Value value;
};

struct VariantRecord {
  std::int64_t id = 0;  ///< given by the database
  std::string name;
  bool is_baseline = false;
  std::string config;  ///< resolved, canonical YAML
  std::string config_sha256;
  std::int64_t parameters = 0;
  std::int64_t flops_per_sample = 0;  ///< one training step's, a multiply-add counted as two
  std::vector<FactorRecord> factors;

  /// Another program trains it, and no network of ours.
  bool is_of_program() const { return config.starts_with("trainer:"); }
};

struct StudyRecord {
  std::int64_t id = 0;
  std::string name;
  std::string question;
  std::string config;
  std::string config_sha256;
  std::string plan_sha256;
  std::string stop_rules;  ///< YAML; empty: none
  std::string created_at;
  bool archived = false;  ///< lists leave it out
};

/// A data set's split as it was used.
struct DatasetRecord {
  std::int64_t id = 0;
  std::string name = {};   ///< "emnist-balanced"
  std::string split = {};  ///< "train" or "test"
  std::string sha256 = {};
  std::string origin = {};
  std::int64_t images = 0;
  int classes = 0;
  int rows = 0, columns = 0, channels = 1;
  std::vector<std::string> class_names = {};
  std::span<const std::uint8_t> labels = {};  ///< of each image of a test split, to be kept; empty: are not
};

struct MachineRecord {
  std::int64_t id = 0;
  std::string host, system, processor;
  int cores = 0;
  std::int64_t memory_bytes = 0;
  std::string blas;       ///< "built in"; of older runs a library and its version
  std::string blas_core;  ///< the kernels in use ("avx512")
};

/// A finding of the audit. Whether it makes a run's test numbers unfit as evidence, `severity_of(kind)` says.
struct LeakRecord {
  std::string kind;    ///< of finding_kinds()
  std::string detail;  ///< a sentence
  std::int64_t count = 0;
};

/// That a run's data were audited; what was found is in its LeakRecords.
struct AuditRecord {
  std::int64_t run_id = 0;
  std::int64_t train_images = 0, test_images = 0;  ///< compared with one another
  std::string comparison;                          ///< which images count as the same: "exact", equal pixels
};

/// What a run was made of, and by what.
struct RunOrigin {
  std::string code_version;
  int numbers = 0;               ///< base/numbers_version.hpp; 0: it was never begun
  std::string build;             ///< compiler and flags
  std::string code_diff_sha256;  ///< of what differed from the commit; empty: nothing
  std::string program_sha256;    ///< of all that its numbers were compiled from; empty: unknown
  std::int64_t machine_id = 0;   ///< 0: none yet
  std::int64_t train_dataset_id = 0, test_dataset_id = 0;
  std::string selected_by;      ///< what chose the selected epoch: "validation.log_loss" or "last epoch"
  std::string train_evaluated;  ///< "every epoch", "never", ...: when the training set was; empty: unknown
};

/// How a run went, by clocks and deaths.
struct RunCourse {
  std::string started_at, ended_at;  ///< of the last attempt
  std::optional<double> seconds;  ///< of all attempts that its epochs come from; nothing: by an older program
  int crashes = 0;                ///< deaths of its worker since its last whole epoch
  int resumed = 0;                ///< how often it went on from a checkpoint
  std::int64_t peak_memory_bytes = 0;  ///< of the worker that ended it
};

/// A run: one variant under one seed, and how far it is.
struct RunRecord {
  std::int64_t id = 0;
  std::string uuid;
  std::int64_t variant_id = 0;
  std::string variant;
  std::int64_t seed = 0;
  RunStatus status = RunStatus::planned;
  int attempt = 0;  ///< how often it was begun
  int epochs_done = 0;
  std::optional<int> best_epoch;   ///< the selected epoch
  std::optional<int> until_epoch;  ///< as far as a stop rule lets it go for now; nothing: to its end
  std::string error;
  std::string exit_reason;  ///< "all epochs", "early stopping: ...", "copied from run 7"
  bool obsolete = false;    ///< the study's newest plan lacks it
  bool archived = false;    ///< lists leave it out
  RunOrigin origin;
  RunCourse course;
};

/// What somebody wrote of a run or a study.
struct NoteRecord {
  std::string text, created_at;
};

/// One whole epoch, written in one transaction.
struct EpochRecord {
  int epoch = 0;  ///< from 1
  double learning_rate = 0.0;
  double gradient_norm = 0.0;
  double train_seconds = 0.0, evaluate_seconds = 0.0;
  double metric_seconds = 0.0;  ///< the part of evaluate_seconds that came after the forward passes
  double samples_per_second = 0.0;
  BySplit<MetricSuite> metrics;
  bool selected = false;  ///< best so far by what selects: run_metric, run.best_epoch and model follow it
  std::span<const float> weights = {};            ///< kept where the epoch is selected; empty: none are
  std::span<const std::uint8_t> checkpoint = {};  ///< all that training needs to go on; empty: it cannot
};

/// The weights that a run is judged by: all parameters of its network, in the network's order.
struct ModelRecord {
  int epoch = 0;
  std::vector<float> weights;
  bool is_sound = true;  ///< they are those that the run ended with
};

/// What a run's network, as of its selected epoch, takes each test image for.
struct PredictionRecord {
  std::int64_t run_id = 0;
  std::int64_t dataset_id = 0;  ///< the test split
  std::vector<std::uint8_t>
      classes;  ///< one per image, in the data set's order; all are classes of the data set
};

/// That somebody looked at a study's results as they stood.
struct LookRecord {
  std::string looked_at = {};
  std::string command = {};        ///< "report", "compare" or "replan"
  std::string metric = {};         ///< "test.accuracy"
  std::int64_t seeds = 0;          ///< under which both sides of some difference had a value
  std::int64_t runs = 0;           ///< done
  std::int64_t variants = 0;       ///< that were compared
  std::string looks_in_plan = {};  ///< "8, 12, 16" of seeds until settled; empty: none
};

/// How a run ended.
struct Outcome {
  RunStatus status = RunStatus::done;
  std::string error = {};   ///< why it failed or diverged
  std::string reason = {};  ///< of its end: RunRecord::exit_reason
  std::int64_t peak_memory_bytes = 0;
  bool keep_weights = true;              ///< of a done run
  bool keep_checkpoint = false;          ///< likewise, and with it its weights
  BySplit<Evaluation> at_selected = {};  ///< classes, confusion and predictions at the selected epoch
};

}  // namespace ablate
