#pragma once
/// Every setting of a study file. Each struct lists its fields with their defaults; `describe` beside them
/// says, once, each one's key, unit, range and when to change it. The YAML reader and writer, `--set`, the
/// JSON Schema and the reference page (configs/README.md) are all visitors of `describe`.

#include <optional>
#include <string>
#include <vector>

#include "config/choices.hpp"
#include "config/field.hpp"

namespace ablate {

/// Files of the sources `idx` (images, labels) and `csv` (one file), where they are not named as usual. Test
/// files may be left out where a share of the training images is taken for the test.
struct DataFiles {
  std::vector<std::string> train;
  std::vector<std::string> test;
  friend bool operator==(const DataFiles&, const DataFiles&) = default;
};

template <class Visitor>
void describe(Visitor& visit, DataFiles& s) {
  visit(s.train, {.key = "train",
                  .help = "Training images, then labels (`idx`), or the one file (`csv`).",
                  .length = {0, 2}});
  visit(s.test, {.key = "test", .help = "The same for the test set.", .length = {0, 2}});
}

struct DataSettings {
  Source source = Source::glyphs;
  std::string split = "balanced";  ///< emnist and csv: the <split> in the files' names
  std::string path;                ///< folder of the files; empty: the source's usual place
  DataFiles files;
  std::string mapping;         ///< file of "label character-code" lines; empty: beside the files, if there
  std::string label;           ///< csv: the column of the labels; empty: found by its name
  std::vector<int> size;       ///< rows and columns, and 3 for colours; empty: as the files say
  bool grey = false;           ///< makes colour images grey
  std::optional<double> test;  ///< share of the images taken for the test; unset: the files have a test set
  std::optional<bool> transposed;   ///< images stored columns first; unset: as the source usually is
  std::optional<int> train_images;  ///< how many to draw (glyphs, 20000) or to keep; unset: all
  std::optional<int> test_images;   ///< how many to draw (glyphs, 4000) or to keep; unset: all
  int seed = 1;                     ///< of drawn data and of what is kept; apart from the seeds of runs
  std::vector<SplitName> train_on = {SplitName::train};
  double validation = 0.1;  ///< share of train, stratified by class
  friend bool operator==(const DataSettings&, const DataSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, DataSettings& s) {
  const auto of_those_that_heed = [&](std::string_view key) {
    return when_named("source", row_of(s.source), key, source_rows());
  };
  visit(s.source, {.key = "source",
                   .help = "Where images come from: `glyphs` are drawn by the program, the rest are files."});
  visit(s.split, {.key = "split",
                  .help = "In the files' names, `emnist-<split>-train-...`; change it for another split.",
                  .when = of_those_that_heed("split")});
  visit(s.path, {.key = "path",
                 .help = "Folder of the files, or the file where there is but one; empty means the source's "
                         "usual place.",
                 .when = of_those_that_heed("path"),
                 .place = true});
  visit.block(s.files, {.key = "files",
                        .help = "Names of the files, where they are not the usual ones.",
                        .when = of_those_that_heed("files"),
                        .place = true});
  visit(s.mapping, {.key = "mapping",
                    .help = "File of lines \"label character-code\" that name the classes; empty means the "
                            "one beside the images, if there is one.",
                    .when = of_those_that_heed("mapping"),
                    .place = true});
  visit(s.label, {.key = "label",
                  .help = "Column of the labels: its name, its number from 1, or `last`; empty means the one "
                          "called label, class, target or y, or the first of a file without a header.",
                  .when = of_those_that_heed("label")});
  visit(s.size,
        {.key = "size",
         .help = "Rows and columns of an image, `[28, 20]`; for colours `[28, 20, 3]` where the three "
                 "values of a pixel are adjacent, `[3, 28, 20]` where the channels are separate. Says what a "
                 "row of numbers is that is not a square grey image; scales the pictures of a `folder`.",
         .unit = "pixels",
         .range = from_to(1, 256),
         .length = {0, 3},
         .when = of_those_that_heed("size")});
  visit(s.grey, {.key = "grey",
                 .help = "Makes colour images grey; by default colours are kept, three values per pixel.",
                 .when = of_those_that_heed("grey")});
  visit(s.test,
        {.key = "test",
         .help = "Share of the images taken for the test, class by class, where the files hold no test "
                 "set of their own.",
         .unit = "share of the images",
         .range = between(0, 1),
         .when = of_those_that_heed("test")});
  visit(s.transposed, {.key = "transposed",
                       .help = "Images stored columns first; set it when a preview shows them mirrored.",
                       .when = of_those_that_heed("transposed")});
  visit(s.train_images,
        {.key = "train_images",
         .help = "How many to draw (`glyphs`: 20000) or to keep (else all); lower it for a quick look.",
         .unit = "images",
         .range = from_to(1, 10'000'000)});
  visit(s.test_images, {.key = "test_images",
                        .help = "How many to draw (`glyphs`: 4000) or to keep (else all).",
                        .unit = "images",
                        .range = from_to(1, 10'000'000)});
  visit(s.seed, {.key = "seed",
                 .help = "Chooses the images drawn or kept, the same for every run; change it to see "
                         "whether a result depends on them.",
                 .range = from_to(0, 2'147'483'647)});
  visit(s.train_on,
        {.key = "train_on",
         .help =
             "`[train]`, or `[train, test]`, which trains on the test set too; the report then says that it "
             "leaked.",
         .length = {1, 2}});
  visit(s.validation, {.key = "validation",
                       .help = "Share taken out of train, stratified by class, for early stopping and for "
                               "choosing an epoch; 0 for none.",
                       .unit = "share of train",
                       .range = from_below(0, 1)});
}

/// A choice of which some names take a number: `he_normal`, or `{normal: 0.01}`.
template <class T>
concept ChoiceOrNumber = requires(T value) {
  choices_with_number(value.kind);
  value.number();
};

struct Init {
  InitKind kind = InitKind::he_normal;
  double standard_deviation = 0.01;  ///< of `normal` only
  double& number() { return standard_deviation; }
  double number() const { return standard_deviation; }
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

template <class Visitor>
void describe(Visitor& visit, ModelSettings& s) {
  visit(s.hidden, {.key = "hidden",
                   .help = "One width per hidden layer; widen it when the training score itself stays low.",
                   .unit = "units",
                   .range = from_to(1, 65'536),
                   .length = {1, 64}});
  visit(s.activation, {.key = "activation",
                       .help = "Of every hidden layer; `leaky_relu` or `gelu` when units of `relu` die."});
  visit(s.skip, {.key = "skip",
                 .help = "Shortcut around every hidden layer: `projection` learns a linear map, `identity` "
                         "adds the input as it is and needs equal widths."});
  visit(s.init, {.key = "init",
                 .help = "Initial weights; `{normal: 0.01}` is a plain normal of that standard deviation. "
                         "`glorot_uniform` suits `tanh` and `sigmoid`.",
                 .unit = "standard deviation",
                 .range = above_to(0, 100)});
  visit(s.dropout,
        {.key = "dropout",
         .help = "Share of hidden units set to 0 in each step; raise it when the network overfits.",
         .unit = "share of units",
         .range = from_below(0, 1)});
}

struct OptimizerSettings {
  OptimizerKind type = OptimizerKind::sgd;
  double momentum = 0.0;      ///< sgd, rmsprop
  bool nesterov = false;      ///< sgd
  double weight_decay = 0.0;  ///< all; adamw decouples it from the gradient
  double beta1 = 0.9;         ///< adam, adamw
  double beta2 = 0.999;       ///< adam, adamw
  double rho = 0.99;          ///< rmsprop: decay of the mean square
  double epsilon = 1e-8;      ///< adam, adamw, rmsprop, adagrad
  friend bool operator==(const OptimizerSettings&, const OptimizerSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, OptimizerSettings& s) {
  using enum OptimizerKind;
  const auto of = [&](std::initializer_list<OptimizerKind> types) { return when("type", s.type, types); };
  visit(s.type,
        {.key = "type", .help = "How gradients become steps; all others want a smaller rate than `sgd`."});
  visit(s.momentum, {.key = "momentum",
                     .help = "Share of the last step that is kept; 0.9 often speeds up a slow start.",
                     .range = from_below(0, 1),
                     .when = of({sgd, rmsprop})});
  visit(s.nesterov, {.key = "nesterov",
                     .help = "Looks ahead along the momentum, which must be above 0.",
                     .when = of({sgd})});
  visit(
      s.weight_decay,
      {.key = "weight_decay",
       .help =
           "Pull of the weights towards 0 (`adamw`: apart from the gradient); raise it against overfitting.",
       .range = from_to(0, 1'000)});
  visit(s.beta1, {.key = "beta1",
                  .help = "Decay of the mean gradient per step.",
                  .range = from_below(0, 1),
                  .when = of({adam, adamw})});
  visit(s.beta2, {.key = "beta2",
                  .help = "Decay of the mean squared gradient per step; lower it against erratic steps.",
                  .range = from_below(0, 1),
                  .when = of({adam, adamw})});
  visit(s.rho, {.key = "rho",
                .help = "Decay of the mean squared gradient per step.",
                .range = from_below(0, 1),
                .when = of({rmsprop})});
  visit(s.epsilon, {.key = "epsilon",
                    .help = "Added to the root of the squared gradients; raise it against huge steps.",
                    .range = above_to(0, 1),
                    .when = of({adam, adamw, rmsprop, adagrad})});
}

struct LearningRateSettings {
  ScheduleKind schedule = ScheduleKind::step;
  double initial = 0.01;    ///< all; of one_cycle: where it begins
  double factor = 0.9;      ///< step, milestones, plateau
  int every = 10;           ///< step: epochs
  std::vector<int> at;      ///< milestones: after these epochs
  double rate = 0.95;       ///< exponential: factor an epoch
  double decay = 0.1;       ///< inverse_time: initial / (1 + decay (epoch - 1))
  double minimum = 0.0;     ///< cosine, warm_restarts, one_cycle, plateau: never below
  int period = 10;          ///< warm_restarts: epochs of the first cycle
  double multiplier = 2.0;  ///< warm_restarts: each cycle is this much longer
  double peak = 0.1;        ///< one_cycle
  int patience = 5;         ///< plateau: epochs without improvement
  Monitor monitor;          ///< plateau
  int warmup = 0;           ///< all: epochs of linear rise to the schedule's value
  friend bool operator==(const LearningRateSettings&, const LearningRateSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, LearningRateSettings& s) {
  using enum ScheduleKind;
  const auto of = [&](std::initializer_list<ScheduleKind> kinds) {
    return when("schedule", s.schedule, kinds);
  };
  visit(s.schedule, {.key = "schedule", .help = "How the rate changes with the epochs."});
  visit(s.initial,
        {.key = "initial",
         .help = "The first setting to tune: lower it when the loss jumps, raise it when it crawls.",
         .unit = "rate",
         .range = above_to(0, 1'000)});
  visit(s.factor, {.key = "factor",
                   .help = "What the rate is multiplied by at each drop.",
                   .range = above_to(0, 1),
                   .when = of({step, milestones, plateau})});
  visit(s.every, {.key = "every",
                  .help = "Length of a step.",
                  .unit = "epochs",
                  .range = from_to(1, 1'000'000),
                  .when = of({step})});
  visit(s.at, {.key = "at",
               .help = "The rate drops after each of these, in rising order.",
               .unit = "epochs",
               .range = from_to(1, 1'000'000),
               .when = of({milestones})});
  visit(s.rate, {.key = "rate",
                 .help = "What the rate is multiplied by each epoch.",
                 .range = above_to(0, 1),
                 .when = of({exponential})});
  visit(s.decay, {.key = "decay",
                  .help = "The rate is `initial / (1 + decay (epoch - 1))`.",
                  .range = from_to(0, 1'000),
                  .when = of({inverse_time})});
  visit(s.minimum, {.key = "minimum",
                    .help = "The rate never goes below; at most `initial`.",
                    .unit = "rate",
                    .range = from_to(0, 1'000),
                    .when = of({cosine, warm_restarts, one_cycle, plateau})});
  visit(s.period, {.key = "period",
                   .help = "Length of the first cycle.",
                   .unit = "epochs",
                   .range = from_to(1, 1'000'000),
                   .when = of({warm_restarts})});
  visit(s.multiplier, {.key = "multiplier",
                       .help = "Each cycle is this much longer than the one before.",
                       .range = from_to(1, 100),
                       .when = of({warm_restarts})});
  visit(s.peak, {.key = "peak",
                 .help = "The highest rate, in mid-course; at least `initial`.",
                 .unit = "rate",
                 .range = above_to(0, 1'000),
                 .when = of({one_cycle})});
  visit(s.patience, {.key = "patience",
                     .help = "Without improvement, before the rate drops; raise it for a noisy monitor.",
                     .unit = "epochs",
                     .range = from_to(1, 1'000'000),
                     .when = of({plateau})});
  visit(s.monitor, {.key = "monitor", .help = "What has to improve.", .when = of({plateau})});
  visit(s.warmup, {.key = "warmup",
                   .help = "Linear rise to the schedule's value at the start; use a few when the first steps "
                           "make the loss jump.",
                   .unit = "epochs",
                   .range = from_to(0, 1'000'000)});
}

struct EarlyStoppingSettings {
  Monitor monitor;
  int patience = 5;             ///< epochs without improvement
  double minimum_change = 0.0;  ///< a smaller change is not an improvement
  friend bool operator==(const EarlyStoppingSettings&, const EarlyStoppingSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, EarlyStoppingSettings& s) {
  visit(s.monitor, {.key = "monitor", .help = "What has to improve for training to go on."});
  visit(s.patience, {.key = "patience",
                     .help = "Without improvement, before training stops; raise it for a noisy monitor.",
                     .unit = "epochs",
                     .range = from_to(1, 1'000'000)});
  visit(s.minimum_change, {.key = "minimum_change",
                           .help = "A smaller change counts as no improvement.",
                           .range = from_to(0, 1'000'000)});
}

/// When, and on how many of its images, the training set is evaluated.
struct TrainEvaluation {
  TrainEvaluationKind kind = TrainEvaluationKind::every_epoch;
  int count = 1;  ///< of `every`: epochs; of `sample`: images
  int& number() { return count; }
  int number() const { return count; }
  friend bool operator==(const TrainEvaluation&, const TrainEvaluation&) = default;
};

struct TrainingSettings {
  int epochs = 20;
  int batch_size = 16;
  bool shuffle = true;
  bool train_biases = true;
  OptimizerSettings optimizer;
  LearningRateSettings learning_rate;
  std::optional<EarlyStoppingSettings> early_stopping;
  Selection select = Selection::validation;  ///< which epoch a run is judged by
  TrainEvaluation evaluate_train;
  KeepWeights keep_weights = KeepWeights::all;  ///< of the selected epoch
  bool keep_checkpoint = false;                 ///< of the last epoch
  friend bool operator==(const TrainingSettings&, const TrainingSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, TrainingSettings& s) {
  visit(s.epochs, {.key = "epochs",
                   .help = "Passes over the training set; raise it while validation still improves.",
                   .unit = "epochs",
                   .range = from_to(1, 1'000'000)});
  visit(s.batch_size,
        {.key = "batch_size",
         .help = "Images per step; larger batches make epochs faster, with fewer and smoother steps.",
         .unit = "images",
         .range = from_to(1, 1'000'000)});
  visit(s.shuffle,
        {.key = "shuffle", .help = "A new order every epoch; `false` keeps the order of the files."});
  visit(s.train_biases, {.key = "train_biases",
                         .help = "`false` leaves the biases at 0, to compare with networks that have none."});
  visit.block(s.optimizer, {.key = "optimizer", .help = "How weights follow the gradients."});
  visit.block(s.learning_rate, {.key = "learning_rate",
                                .help = "The size of the steps over the epochs.",
                                .bare = {.choice = "constant", .key = "initial"}});
  visit.block(s.early_stopping,
              {.key = "early_stopping",
               .help = "Ends a run that no longer improves; absent, `null` or `none` is off."});
  visit(s.select,
        {.key = "select",
         .help = "The epoch that a run is judged by: the best by `early_stopping`'s monitor, else by "
                 "validation.log_loss, or the last; without a validation set it is the last."});
  visit(
      s.evaluate_train,
      {.key = "evaluate_train",
       .help =
           "The metrics on the training set: of all its images after every epoch, after every so many and "
           "the last one planned (a run that is judged by another epoch then has no train metrics there), of "
           "a random sample (the same every epoch), or not at all; a pass costs about a fifth of an epoch.",
       .unit = "epochs or images",
       .range = from_to(1, 10'000'000)});
  visit(s.keep_weights,
        {.key = "keep_weights",
         .help = "Keeps the selected epoch's weights, 4 bytes each, in the database, so that "
                 "`ablate export predictions` need not train again; `best`: when the study is "
                 "done, those of the baseline and of the best variant alone, by the primary "
                 "metric on validation."});
  visit(s.keep_checkpoint,
        {.key = "keep_checkpoint",
         .help = "Keeps the state after the last epoch (weights, and what the optimiser remembers) in the "
                 "database, so that a run with more `epochs` resumes there; with any schedule but `cosine` "
                 "and `one_cycle`.",
         .storage = true});
}

/// Successive halving over variants: after so many epochs only the best go on.
struct HalvingSettings {
  double factor = 3.0;
  int first = 2;
  Monitor monitor;
  friend bool operator==(const HalvingSettings&, const HalvingSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, HalvingSettings& s) {
  visit(s.factor,
        {.key = "factor",
         .help = "One variant in this many continues from each rung, and rungs are this many times farther "
                 "apart; lower it to stop fewer.",
         .range = above_to(1, 1'000)});
  visit(s.first, {.key = "first",
                  .help = "The first rung; raise it where early epochs say little about late ones.",
                  .unit = "epochs",
                  .range = from_to(1, 1'000'000)});
  visit(s.monitor, {.key = "monitor", .help = "What variants are ranked by, as a mean over their seeds."});
}

/// What ends runs before their last epoch, over the whole sweep.
struct StopRules {
  std::optional<HalvingSettings> halving;
  friend bool operator==(const StopRules&, const StopRules&) = default;
};

template <class Visitor>
void describe(Visitor& visit, StopRules& s) {
  visit.block(s.halving, {.key = "halving",
                          .help = "Successive halving: stops the worse variants early, over all their seeds "
                                  "together. The baseline always goes on. What was stopped is never compared "
                                  "with a p. Absent, `null` or `none` is off."});
}

struct ReportSettings {
  Monitor primary = {SplitName::test, "accuracy"};
  double confidence = 0.95;
  bool blind = false;
  friend bool operator==(const ReportSettings&, const ReportSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, ReportSettings& s) {
  visit(s.primary, {.key = "primary",
                    .help = "The metric that the verdict rests on; choose it before looking at results."});
  visit(s.confidence,
        {.key = "confidence", .help = "Of the intervals in tables and figures.", .range = between(0, 1)});
  visit(s.blind,
        {.key = "blind",
         .help = "Let the live page show the progress of the study, but no difference between its "
                 "variants, until every run has ended or a planned look is due. Commands that ask for "
                 "results (`report`, `compare`, `runs`, `query`) still give them."});
}

/// All that one run depends on, but for its seed.
struct Config {
  DataSettings data;
  ModelSettings model;
  TrainingSettings training;
  friend bool operator==(const Config&, const Config&) = default;
};

template <class Visitor>
void describe(Visitor& visit, Config& s) {
  visit.block(s.data, {.key = "data", .help = "The images."});
  visit.block(s.model, {.key = "model",
                        .help = "The network: fully connected layers, then softmax with cross-entropy."});
  visit.block(s.training, {.key = "training", .help = "How the network learns."});
}

}  // namespace ablate
