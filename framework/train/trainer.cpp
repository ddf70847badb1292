#include "train/trainer.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/time.hpp"
#include "train/checkpoint.hpp"
#include "train/judge.hpp"
#include "train/training.hpp"

namespace ablate {
namespace {

TrainingResult diverged(int epoch, std::size_t batch) {
  return {TrainingEnd::diverged,
          fmt::format("the loss was not a finite number in epoch {}, batch {}", epoch, batch)};
}

/// The loss does not show an infinite weight whose pixel is blank in every image.
TrainingResult diverged_weights(int epoch) {
  return {TrainingEnd::diverged, fmt::format("a weight was not a finite number after epoch {}", epoch)};
}

bool is_finite(const BySplit<Evaluation>& evaluations) {
  const bool train = !evaluations.train || std::isfinite(evaluations.train->suite.log_loss);
  return train && std::isfinite(evaluations.test->suite.log_loss);
}

void evaluate(Training& training, const Stopwatch& watch, EpochReport& report) {
  const double before = training.metric_seconds();
  report.evaluations = training.evaluate(report.epoch);
  report.evaluate_seconds = watch.seconds();
  report.metric_seconds = training.metric_seconds() - before;
}

}  // namespace

Pulse until(const std::atomic<bool>& stop) {
  return [&stop] { return !stop.load(std::memory_order_relaxed); };
}

TrainingResult train(const Config& config, std::uint64_t seed, const Dataset& dataset,
                     const EpochListener& listener, const Pulse& pulse, const TrainingStart& start) {
  Training training(config, seed, dataset);
  Judge judge(config);
  int epoch = start.checkpoint.empty() ? 0 : restore_checkpoint(start.checkpoint, training, judge);
  while (++epoch <= config.training.epochs && !judge.out_of_patience()) {
    EpochReport report;
    report.epoch = epoch;
    report.epochs = config.training.epochs;
    report.learning_rate = judge.rate(epoch);
    Stopwatch watch;
    EpochSums sums;
    const EpochEnd end = training.learn(epoch, report.learning_rate, pulse, sums);
    if (end == EpochEnd::stopped) return {TrainingEnd::stopped, {}};
    if (end == EpochEnd::diverged) return diverged(epoch, sums.batches + 1);
    report.loss = sums.loss / static_cast<double>(sums.batches);
    report.gradient_norm = sums.norm / static_cast<double>(sums.norms);
    if (!training.network().is_finite()) return diverged_weights(epoch);
    report.train_seconds = watch.restart();
    report.samples_per_second = static_cast<double>(training.train_images()) / report.train_seconds;
    evaluate(training, watch, report);
    if (!is_finite(report.evaluations)) return diverged(epoch, sums.batches);
    report.selected = judge.selects(report.evaluations);
    report.network = &training.network();
    std::vector<std::uint8_t> checkpoint;
    if (start.write_checkpoints) checkpoint = write_checkpoint(epoch, training, judge);
    report.checkpoint = checkpoint;
    if (listener(report) == Answer::stop) return {TrainingEnd::stopped, {}};
  }
  if (std::string why = judge.blind(); !why.empty()) return {TrainingEnd::blind, std::move(why)};
  return {TrainingEnd::finished, judge.out_of_patience() ? judge.why() : std::string()};
}

}  // namespace ablate
