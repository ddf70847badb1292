#include "runner/verify.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "metrics/metric_table.hpp"
#include "metrics/split_value.hpp"
#include "runner/data_identity.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

/// Of numbers in SQLite: NaN is NULL there, and minus zero is zero. All others are equal only with the same bits.
bool same(double a, double b) { return a == b || (a != a && b != b); }

/// A stored number beside that of now; empty where they are the same.
std::string compare(const std::string& what, double stored, double now) {
  return same(stored, now) ? std::string()
                           : fmt::format("{} is {} in the file and {} now", what, stored, now);
}

std::string compare_suites(const std::string& where, const MetricSuite& stored, const MetricSuite& now) {
  for (const Metric& metric : metric_table()) {
    std::string found =
        compare(fmt::format("{}.{}", where, metric.name), stored.*metric.value, now.*metric.value);
    if (!found.empty()) return found;
  }
  return {};
}

constexpr SplitName splits[] = {SplitName::train, SplitName::validation, SplitName::test};

/// All that the file holds of the run's epochs.
class Stored {
 public:
  Stored(const Reader& reader, std::int64_t run_id) {
    for (const EpochRow& row : reader.run_epochs(run_id)) epochs_.emplace(row.epoch, row);
    for (const SplitMetrics& row : reader.run_curves(run_id))
      suites_.emplace(std::pair(row.epoch, row.split), row.suite);
  }

  int epochs() const { return static_cast<int>(epochs_.size()); }

  std::string compare_epoch(const EpochReport& now) const {
    const auto epoch = epochs_.find(now.epoch);
    const std::string where = fmt::format("epoch {}: ", now.epoch);
    if (epoch == epochs_.end()) return where + "the file lacks it";
    std::string found = compare(where + "the learning rate", epoch->second.learning_rate, now.learning_rate);
    if (found.empty())
      found = compare(where + "the gradient norm", epoch->second.gradient_norm, now.gradient_norm);
    for (const SplitName split : splits) {
      if (found.empty()) found = compare_split(where, split, now);
    }
    return found;
  }

 private:
  std::string compare_split(const std::string& where, SplitName split, const EpochReport& now) const {
    const auto stored = suites_.find({now.epoch, split});
    const std::optional<Evaluation>& evaluation = value_of(now.evaluations, split);
    if ((stored != suites_.end()) != evaluation.has_value()) {
      return fmt::format("{}{} is {}", where, to_string(split),
                         evaluation ? "not in the file" : "in the file, and was not evaluated now");
    }
    return evaluation ? compare_suites(where + to_string(split), stored->second, evaluation->suite)
                      : std::string();
  }

  std::map<int, EpochRow> epochs_;
  std::map<std::pair<int, SplitName>, MetricSuite> suites_;
};

std::string compare_classes(const Reader& reader, std::int64_t run_id, SplitName split,
                            const Evaluation& now) {
  const std::vector<ClassMetrics> stored = reader.classes(run_id, split);
  if (stored.size() != now.classes.size()) {
    return fmt::format("{} has {} classes in the file and {} now", to_string(split), stored.size(),
                       now.classes.size());
  }
  for (std::size_t c = 0; c < stored.size(); ++c) {
    const ClassMetrics &a = stored[c], &b = now.classes[c];
    const bool equal = same(a.precision, b.precision) && same(a.recall, b.recall) && same(a.f1, b.f1) &&
                       same(a.specificity, b.specificity) && same(a.auc_roc, b.auc_roc) &&
                       a.support == b.support;
    if (!equal) return fmt::format("the metrics of class {} on {} differ", c, to_string(split));
  }
  return {};
}

std::string compare_confusion(const Reader& reader, std::int64_t run_id, SplitName split,
                              const Evaluation& now) {
  const std::size_t classes = now.classes.size();
  std::vector<std::uint32_t> stored(classes * classes);
  for (const ConfusionEntry& entry : reader.confusion(run_id, split)) {
    const auto truth = static_cast<std::size_t>(entry.truth),
               predicted = static_cast<std::size_t>(entry.predicted);
    if (truth < classes && predicted < classes) {
      stored[truth * classes + predicted] = static_cast<std::uint32_t>(entry.count);
    }
  }
  const auto [here, there] =
      std::mismatch(stored.begin(), stored.end(), now.confusion.begin(), now.confusion.end());
  if (here == stored.end()) return {};
  const auto at = static_cast<std::size_t>(here - stored.begin());
  return fmt::format("on {}, class {} taken for class {}: {} images in the file, {} now", to_string(split),
                     at / classes, at % classes, *here, *there);
}

std::string compare_weights(const ModelRecord& stored, const std::vector<float>& now) {
  if (!stored.is_sound) return "the weights in the file are damaged";
  if (stored.weights.size() != now.size()) {
    return fmt::format("the file keeps {} weights, the network has {}", stored.weights.size(), now.size());
  }
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (std::bit_cast<std::uint32_t>(stored.weights[i]) == std::bit_cast<std::uint32_t>(now[i])) continue;
    return fmt::format("weight {} of {} is {} in the file and {} now", i + 1, now.size(), stored.weights[i],
                       now[i]);
  }
  return {};
}

/// What the epoch that a run is judged by leaves.
struct Selected {
  int epoch = 0;
  BySplit<Evaluation> evaluations;
  std::vector<float> weights;
};

std::string compare_selected(const Reader& reader, const RunRecord& run, const Selected& now) {
  if (run.best_epoch.value_or(0) != now.epoch) {
    return fmt::format("the selected epoch is {} in the file and {} now", run.best_epoch.value_or(0),
                       now.epoch);
  }
  for (const SplitName split : splits) {
    const std::optional<Evaluation>& evaluation = value_of(now.evaluations, split);
    if (!evaluation) continue;
    std::string found = compare_classes(reader, run.id, split, *evaluation);
    if (found.empty()) found = compare_confusion(reader, run.id, split, *evaluation);
    if (!found.empty()) return found;
  }
  const auto model = reader.run_model(run.id);
  return model ? compare_weights(*model, now.weights) : std::string();
}

}  // namespace

std::vector<RunRecord> spread(const std::vector<RunRecord>& runs, std::size_t count) {
  if (count >= runs.size()) return runs;
  std::vector<RunRecord> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(runs[(2 * i + 1) * runs.size() / (2 * count)]);
  return chosen;
}

Verification verify_run(const Reader& reader, const RunRecord& run, const Config& config,
                        const Dataset& dataset, const std::function<void(int epoch, int epochs)>& on_epoch,
                        const Pulse& pulse) {
  if (run.status != RunStatus::done) {
    throw RequestError(
        fmt::format("run {} is {}: only a run that is done can be verified", run.id, to_string(run.status)));
  }
  check_same_data(reader, run, dataset, "--set data.path=DIR names the folder with the original images");
  const Stored stored(reader, run.id);
  Verification found;
  Selected selected;
  const auto listener = [&](const EpochReport& report) {
    found.difference = stored.compare_epoch(report);
    if (!found.difference.empty()) return Answer::stop;
    found.epochs = report.epoch;
    if (report.selected) selected = {report.epoch, report.evaluations, report.network->weights()};
    if (on_epoch) on_epoch(report.epoch, stored.epochs());
    return Answer::go_on;
  };
  const TrainingResult result = train(config, static_cast<std::uint64_t>(run.seed), dataset, listener, pulse);
  if (!found.difference.empty()) return found;
  if (result.end == TrainingEnd::stopped) {
    found.stopped = true;
  } else if (result.end == TrainingEnd::diverged) {
    found.difference = fmt::format("it ended well, and now {}", result.why);
  } else if (found.epochs != stored.epochs()) {
    found.difference =
        fmt::format("it ended after epoch {}, and now after epoch {}", stored.epochs(), found.epochs);
  } else {
    found.difference = compare_selected(reader, run, selected);
    found.weights = reader.run_model(run.id).has_value();
  }
  return found;
}

}  // namespace ablate
