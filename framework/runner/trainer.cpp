#include "ablate/runner/trainer.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "ablate/base/time.hpp"
#include "ablate/data/partition.hpp"
#include "ablate/nn/learning_rate.hpp"
#include "ablate/nn/optimizer.hpp"
#include "ablate/runner/evaluate.hpp"
#include "ablate/runner/plan.hpp"

namespace ablate {
namespace {

/// Every so many batches the gradient is materialised and its norm taken; the others may fold it into the step.
constexpr std::size_t norm_every = 32;

bool lower_is_better(const Monitor& monitor) { return find_metric(monitor.metric).better == Better::down; }

double monitored(const Monitor& monitor, const BySplit<Evaluation>& evaluations) {
  const auto& evaluation = monitor.split == SplitName::train        ? evaluations.train
                           : monitor.split == SplitName::validation ? evaluations.validation
                                                                    : evaluations.test;
  return evaluation ? evaluation->suite.*find_metric(monitor.metric).value : MetricSuite::none;
}

bool is_finite(const BySplit<Evaluation>& evaluations) {
  return std::isfinite(evaluations.train->suite.log_loss) && std::isfinite(evaluations.test->suite.log_loss);
}

struct EpochSums {
  double loss = 0.0;
  double norm = 0.0;
  std::size_t batches = 0, norms = 0;
};

enum class EpochEnd { whole, diverged, stopped };

/// The state of one training: network, optimiser, data, and the buffers of a batch.
class Training {
 public:
  Training(const Config& config, std::uint64_t seed, const Dataset& dataset)
      : config_(config.training),
        seed_(seed),
        dataset_(dataset),
        parts_(partition(dataset, config.data, seed)),
        network_(dataset.pixels_per_image(), config.model, dataset.classes.size(), config.training.train_biases),
        optimizer_(config.training.optimizer, network_.parameters().size()),
        evaluator_(dataset),
        gradient_(network_.parameters().size()),
        images_(static_cast<std::size_t>(config_.batch_size) * dataset.pixels_per_image()),
        labels_(static_cast<std::size_t>(config_.batch_size)) {
    network_.initialise(seed);
  }

  std::size_t train_images() const { return parts_.train.size(); }

  EpochEnd learn(int epoch, double rate, const std::atomic<bool>& stop, EpochSums& sums) {
    const Subset order = epoch_order(parts_.train, config_.shuffle, seed_, epoch);
    Stream dropout(seed_, fmt::format("dropout/epoch/{}", epoch));
    const auto batch = static_cast<std::size_t>(config_.batch_size);
    for (std::size_t first = 0; first < order.size(); first += batch) {
      if (stop.load(std::memory_order_relaxed)) return EpochEnd::stopped;
      const auto which = std::span(order).subspan(first, std::min(batch, order.size() - first));
      const double loss = step(which, rate, dropout, sums);
      if (!std::isfinite(loss)) return EpochEnd::diverged;
      sums.loss += loss;
      ++sums.batches;
    }
    return EpochEnd::whole;
  }

  BySplit<Evaluation> evaluate() {
    BySplit<Evaluation> evaluations;
    evaluations.train = evaluator_.evaluate(network_, parts_.train);
    if (!parts_.validation.empty()) evaluations.validation = evaluator_.evaluate(network_, parts_.validation);
    evaluations.test = evaluator_.evaluate(network_, parts_.test);
    return evaluations;
  }

 private:
  double step(std::span<const std::uint32_t> which, double rate, Stream& dropout, EpochSums& sums) {
    const auto images = std::span(images_).first(which.size() * dataset_.pixels_per_image());
    const auto labels = std::span(labels_).first(which.size());
    gather_pixels(dataset_, which, images);
    gather_labels(dataset_, which, labels);
    const bool take_norm = sums.batches % norm_every == 0;
    if (optimizer_.is_plain() && !take_norm) {
      return network_.descend(images, labels, &dropout, rate, optimizer_.weight_decay());
    }
    const double loss = network_.gradient(images, labels, &dropout, gradient_);
    if (take_norm) {
      const Matrix view = matrix_view(gradient_.data(), gradient_.size(), 1);
      sums.norm += static_cast<double>(arma::norm(view));
      ++sums.norms;
    }
    optimizer_.step(network_.parameters(), gradient_, rate);
    return loss;
  }

  const TrainingSettings config_;
  const std::uint64_t seed_;
  const Dataset& dataset_;
  const Partition parts_;
  Network network_;
  Optimizer optimizer_;
  SplitEvaluator evaluator_;
  std::vector<float> gradient_;
  std::vector<float> images_;
  std::vector<std::uint8_t> labels_;
};

/// What is decided from epoch to epoch: the rate, which epoch a run is judged by, and when to stop early.
class Judge {
 public:
  explicit Judge(const Config& config)
      : settings_(config.training),
        selection_(selection_monitor(config)),
        learning_rate_(settings_.learning_rate, settings_.epochs, lower_is_better(settings_.learning_rate.monitor)),
        selected_(selection_ && lower_is_better(*selection_)),
        stopping_(settings_.early_stopping.value_or(EarlyStoppingSettings{})),
        patience_(lower_is_better(stopping_.monitor), stopping_.minimum_change) {}

  double rate(int epoch) const { return learning_rate_.at(epoch); }

  /// Takes an epoch's evaluations in; true where it is the one to be judged by so far.
  bool selects(const BySplit<Evaluation>& evaluations) {
    learning_rate_.observe(monitored(settings_.learning_rate.monitor, evaluations));
    patience_.improves(monitored(stopping_.monitor, evaluations));
    return !selection_ || selected_.improves(monitored(*selection_, evaluations));
  }

  bool out_of_patience() const {
    return settings_.early_stopping && patience_.epochs_without() >= stopping_.patience;
  }
  std::string why() const {
    return fmt::format("{} did not improve for {} epochs", to_string(stopping_.monitor), stopping_.patience);
  }

 private:
  const TrainingSettings& settings_;
  const std::optional<Monitor> selection_;
  LearningRate learning_rate_;
  BestSoFar selected_;
  const EarlyStoppingSettings stopping_;
  BestSoFar patience_;
};

TrainingResult diverged(int epoch, std::size_t batch) {
  return {TrainingEnd::diverged, fmt::format("the loss was not a finite number in epoch {}, batch {}", epoch, batch)};
}

}  // namespace

TrainingResult train(const Config& config, std::uint64_t seed, const Dataset& dataset, const EpochListener& listener,
                     const std::atomic<bool>& stop) {
  Training training(config, seed, dataset);
  Judge judge(config);
  for (int epoch = 1; epoch <= config.training.epochs; ++epoch) {
    EpochReport report;
    report.epoch = epoch;
    report.epochs = config.training.epochs;
    report.learning_rate = judge.rate(epoch);
    Stopwatch watch;
    EpochSums sums;
    const EpochEnd end = training.learn(epoch, report.learning_rate, stop, sums);
    if (end == EpochEnd::stopped) return {TrainingEnd::stopped, {}};
    if (end == EpochEnd::diverged) return diverged(epoch, sums.batches + 1);
    report.loss = sums.loss / static_cast<double>(sums.batches);
    report.gradient_norm = sums.norm / static_cast<double>(sums.norms);
    report.train_seconds = watch.restart();
    report.samples_per_second = static_cast<double>(training.train_images()) / report.train_seconds;
    report.evaluations = training.evaluate();
    report.evaluate_seconds = watch.seconds();
    if (!is_finite(report.evaluations)) return diverged(epoch, sums.batches);
    report.selected = judge.selects(report.evaluations);
    if (listener(report) == Answer::stop) return {TrainingEnd::stopped, {}};
    if (judge.out_of_patience()) return {TrainingEnd::finished, judge.why()};
  }
  return {};
}

}  // namespace ablate
