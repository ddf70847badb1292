#include "runner/predictions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/error.hpp"
#include "metrics/metric_table.hpp"
#include "metrics/tile.hpp"
#include "runner/data_identity.hpp"
#include "train/evaluate.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

constexpr std::size_t block = 256;
constexpr double rounding = 1e-5;     ///< what another version's last bits may change
constexpr double another_net = 0.02;  ///< what they may not

std::string name_of(const RunRecord& run) { return fmt::format("run {}", run.id); }

/// The weights at the selected epoch, from training once more; empty where `stop` ended it.
std::vector<float> train_again(const RunRecord& run, const Config& config, const Dataset& dataset,
                               const PredictionOptions& options, const Pulse& pulse) {
  std::vector<float> weights;
  const auto listener = [&](const EpochReport& report) {
    if (options.on_epoch) options.on_epoch(report.epoch, *run.best_epoch);
    if (report.epoch < *run.best_epoch) return Answer::go_on;
    weights = report.network->weights();
    return Answer::stop;
  };
  const TrainingResult result = train(config, static_cast<std::uint64_t>(run.seed), dataset, listener, pulse);
  if (result.end == TrainingEnd::diverged) {
    throw RequestError(fmt::format("{}: trained again, {}", name_of(run), result.why));
  }
  return weights;
}

const Subset& part(const Partition& parts, SplitName split) {
  switch (split) {
    case SplitName::train:
      return parts.train;
    case SplitName::validation:
      return parts.validation;
    case SplitName::test:
      break;
  }
  return parts.test;
}

/// The metric that differs most from what is recorded; one that is a number on one side only differs without bound.
struct Deviation {
  double size = 0.0, now = 0.0, recorded = 0.0;
  std::string_view metric;
};

Deviation largest_deviation(const MetricSuite& now, const MetricSuite& recorded) {
  Deviation largest;
  for (const Metric& metric : metric_table()) {
    const double a = now.*metric.value, b = recorded.*metric.value;
    const double size = std::isnan(a) != std::isnan(b) ? std::numeric_limits<double>::infinity()
                                                       : std::abs(a - b) / std::max(1.0, std::abs(b));
    if (size > largest.size) largest = {size, a, b, metric.name};
  }
  return largest;
}

}  // namespace

RunPredictor::RunPredictor(const Reader& reader, const RunRecord& run, const Config& config,
                           std::shared_ptr<const Dataset> dataset, const PredictionOptions& options,
                           const Pulse& pulse)
    : dataset_(std::move(dataset)) {
  if (run.status == RunStatus::done && !run.best_epoch) {
    throw RequestError(fmt::format("{} has no selected epoch on record", name_of(run)),
                       "`ablate doctor` checks the file");
  }
  if (run.status != RunStatus::done) {
    throw RequestError(
        fmt::format("{} is {}: only a run that is done has predictions", name_of(run), to_string(run.status)),
        "`ablate run` with its study file trains it");
  }
  check_same_data(reader, run, *dataset_, "--set data.path=DIR names the folder with the original images");
  parts_ = partition(*dataset_, config.data, static_cast<std::uint64_t>(run.seed));
  const auto model = options.retrain ? std::nullopt : reader.run_model(run.id);
  if (!model && !options.retrain) {
    throw RequestError(fmt::format("{} keeps no weights", name_of(run)),
                       "--retrain trains it again up to the selected epoch; training.keep_weights: true "
                       "keeps those of runs to come");
  }
  auto network = std::make_unique<Network>(dataset_->pixels_per_image(), config.model,
                                           dataset_->classes.size(), config.training.train_biases);
  const std::vector<float> weights =
      model ? model->weights : train_again(run, config, *dataset_, options, pulse);
  if (weights.empty() && !model) return;
  if (weights.size() != network->weight_count() || (model && !model->is_sound)) {
    throw RequestError(fmt::format("the weights of {} in the file are damaged", name_of(run)),
                       "--retrain trains the run again up to its selected epoch");
  }
  network->set_weights(weights);
  network_ = std::move(network);
  check_recorded(reader, run, !model);
}

void RunPredictor::check_recorded(const Reader& reader, const RunRecord& run, bool retrained) {
  const MetricSuite now = SplitEvaluator(*dataset_).evaluate(*network_, parts_.test).suite;
  for (const SplitMetrics& recorded : reader.run_selected(run.id)) {
    if (recorded.split != SplitName::test) continue;
    const Deviation most = largest_deviation(now, recorded.suite);
    if (most.size <= rounding) return;
    const std::string what = fmt::format("these predictions give test.{} {:.6f}, {} recorded {:.6f}",
                                         most.metric, most.now, name_of(run), most.recorded);
    if (retrained || most.size > another_net) {
      throw RequestError(
          what, retrained ? "another version of the program trains another network: export with the "
                            "version of the run (`ablate show` names it), or run the study again"
                          : "the weights in the file are not those of the run: --retrain trains it again");
    }
    warning_ = what + ": this version's arithmetic differs from that of the run";
  }
}

void RunPredictor::each_block(SplitName split, const std::function<void(const PredictionBlock&)>& sink) {
  const Subset& all = part(parts_, split);
  if (all.empty()) throw RequestError(fmt::format("the run has no {} images", to_string(split)));
  const std::size_t classes = dataset_->classes.size();
  ImageBatch images;
  std::vector<float> probabilities(block * classes);
  std::vector<std::uint8_t> truth(block), predicted(block);
  for (std::size_t first = 0; first < all.size(); first += block) {
    const auto which = std::span(all).subspan(first, std::min(block, all.size() - first));
    const auto labels = std::span(truth).first(which.size());
    const auto shares = std::span(probabilities).first(which.size() * classes);
    images.read(dataset_->pixels.span(), dataset_->pixels_per_image(), which);
    gather_labels(*dataset_, which, labels);
    const std::span<const float> logits = network_->logits(images);
    softmax(logits, static_cast<int>(classes), shares);
    for (std::size_t i = 0; i < which.size(); ++i) {
      const auto column = logits.subspan(i * classes, classes);
      predicted[i] =
          static_cast<std::uint8_t>(std::max_element(column.begin(), column.end()) - column.begin());
    }
    sink({which, labels, std::span(predicted).first(which.size()), shares});
  }
}

}  // namespace ablate
