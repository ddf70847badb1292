#pragma once
/// What a study says of a program that trains its runs in place of our network.

#include <optional>
#include <string>
#include <vector>

#include "config/field.hpp"
#include "config/node.hpp"

namespace ablate {

/// A span of time, written "45s", "30min", "12h" or "2d"; 0 seconds is `none`.
struct Duration {
  double seconds = 0.0;
  friend bool operator==(const Duration&, const Duration&) = default;
};

/// A mapping whose keys the file's author chooses.
struct OpenMapping {
  Node node = Node::mapping();
  friend bool operator==(const OpenMapping& a, const OpenMapping& b) {
    return flow_text(a.node) == flow_text(b.node);
  }
};

struct TrainerResources {
  std::optional<int> gpus;  ///< unset: what is visible stays as it is
  int threads = 1;
  friend bool operator==(const TrainerResources&, const TrainerResources&) = default;
};

template <class Visitor>
void describe(Visitor& visit, TrainerResources& s) {
  visit(s.gpus, {.key = "gpus",
                 .help = "GPUs that a run has to itself, out of those visible to `ablate run` "
                         "(`CUDA_VISIBLE_DEVICES`); `null` leaves that variable as it is.",
                 .unit = "devices",
                 .range = from_to(0, 1'024)});
  visit(s.threads, {.key = "threads",
                    .help = "`OMP_NUM_THREADS` of a run; the numbers of many programs depend on it.",
                    .unit = "threads",
                    .range = from_to(1, 4'096)});
}

struct TrainerLimits {
  Duration silence;
  Duration run;
  Duration grace{30.0};
  friend bool operator==(const TrainerLimits&, const TrainerLimits&) = default;
};

template <class Visitor>
void describe(Visitor& visit, TrainerLimits& s) {
  visit(
      s.silence,
      {.key = "silence",
       .help =
           "A run that prints nothing and reports no epoch for so long has failed, unless all of its epochs are in."});
  visit(s.run,
        {.key = "run", .help = "An attempt that takes longer has failed, unless all of its epochs are in."});
  visit(s.grace, {.key = "grace",
                  .help = "Time between SIGTERM and SIGKILL when a run is to stop; raise it where a "
                          "checkpoint takes long to write."});
}

/// Where metrics come from where the program does not append lines itself.
struct TrainerMetricsFrom {
  std::string stdout_line;  ///< a regular expression with named groups
  std::string csv;          ///< a pattern of file names
  std::string tensorboard;  ///< a folder of event files
  int steps_per_epoch = 1;  ///< of event files
  OpenMapping names;        ///< of metrics: theirs to ours
  friend bool operator==(const TrainerMetricsFrom&, const TrainerMetricsFrom&) = default;
};

template <class Visitor>
void describe(Visitor& visit, TrainerMetricsFrom& s) {
  visit(
      s.stdout_line,
      {.key = "stdout",
       .help =
           "A regular expression (ECMAScript) that matches the line of an epoch on stdout, with a named group "
           "for each metric: `'epoch (?<epoch>\\d+).*acc=(?<validation.accuracy>\\S+)'`. Without a group "
           "`epoch` such lines are counted."});
  visit(s.csv,
        {.key = "csv",
         .help =
             "Files with a header and a column `epoch` (or `step`), relative to the run's folder: "
             "`\"logs/*/metrics.csv\"`. The rows of an epoch are taken together; empty fields are ignored."});
  visit(s.tensorboard, {.key = "tensorboard",
                        .help = "A folder of event files, as SummaryWriter makes one, relative to the run's "
                                "folder: `runs`. A tag is the name of a metric, a step is an epoch."});
  visit(s.steps_per_epoch, {.key = "steps_per_epoch",
                            .help = "Of event files whose steps are finer: how many make an epoch, whose "
                                    "last values then count.",
                            .unit = "steps",
                            .range = from_to(1, 1'000'000'000)});
  visit(s.names,
        {.key = "names",
         .help = "What their metrics are called here: `{val_acc: validation.accuracy}`; others keep their "
                 "names."});
}

struct TrainerSettings {
  std::vector<std::string> command;  ///< program and arguments, with placeholders
  OpenMapping settings;              ///< of a variant: resolved, canonical
  std::string epochs = "1";          ///< a whole number, or the placeholder of a setting that is one
  OpenMapping metrics;               ///< name: up or down
  std::optional<TrainerMetricsFrom> metrics_from;
  bool paired = true;           ///< runs of one seed share their chance
  std::string select = "last";  ///< or the metric by which an epoch is selected
  std::vector<std::string> code;
  TrainerResources resources;
  TrainerLimits limits;
  friend bool operator==(const TrainerSettings&, const TrainerSettings&) = default;
};

template <class Visitor>
void describe(Visitor& visit, TrainerSettings& s) {
  visit(
      s.command,
      {.key = "command",
       .help = "The program and its arguments, one item each; no shell reads them. Placeholders: `{key}` of "
               "a setting, `{seed}`, `{dir}` (the run's folder), `{params}` (a JSON file of all settings), "
               "`{args}` (all as `--key=value`), `{flag:--x=key}` (`--x` where the setting is true); `{{` "
               "is a brace.",
       .length = {1, 1000}});
  visit(s.settings, {.key = "settings",
                     .help = "What variants may change, with the values of the base; the types are those of "
                             "these values."});
  visit(s.epochs,
        {.key = "epochs",
         .help = "Epochs that a whole run reports, as a number or as the `\"{key}\"` of a setting."});
  visit(s.metrics,
        {.key = "metrics",
         .help = "Names of metrics (`test.accuracy`) and which way is better, `up` or `down`. Others "
                 "that a run reports are stored too."});
  visit.block(s.metrics_from,
              {.key = "metrics_from",
               .help = "For a program that cannot be changed: where its metrics are read. Absent, it "
                       "appends lines to `$ABLATE_METRICS`."});
  visit(s.select, {.key = "select",
                   .help = "The epoch that a run is judged by: `last`, or the best by this metric, never one "
                           "of test."});
  visit(s.paired,
        {.key = "paired",
         .help = "Whether variants are compared seed by seed, because one seed gives their runs the same "
                 "data order, split or initial weights. `false`: seeds only number the runs, and variants "
                 "are compared as independent samples, by Welch's t."});
  visit(s.code,
        {.key = "code",
         .help = "Files, relative to the study file, that make up the program (`\"*.py\"`); a run goes "
                 "on only with the same ones. By default those that the command names."});
  visit.block(s.resources, {.key = "resources", .help = "What a run may use."});
  visit.block(s.limits,
              {.key = "limits", .help = "Bounds of a run's time: `45s`, `30min`, `12h`, `2d`, or `none`."});
}

/// A metric that a study names, and which way is better.
struct DeclaredMetric {
  std::string name;  ///< "test.accuracy"
  bool up = true;
};

/// Those of `trainer.metrics`, in the order of the file.
std::vector<DeclaredMetric> declared_metrics(const TrainerSettings& trainer);

}  // namespace ablate
