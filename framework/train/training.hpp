#pragma once
/// One network being trained on one data set: its parameters, its optimiser and the buffers of a batch.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "compute/aligned.hpp"
#include "config/settings.hpp"
#include "data/partition.hpp"
#include "metrics/by_split.hpp"
#include "metrics/evaluator.hpp"
#include "nn/image_batch.hpp"
#include "nn/network.hpp"
#include "nn/optimizer.hpp"
#include "train/evaluate.hpp"

namespace ablate {

/// Asked before every batch, so it must be quick; false stops the training at once.
using Pulse = std::function<bool()>;

/// Sums over the batches of an epoch.
struct EpochSums {
  double loss = 0.0;  ///< of the batches' mean losses, each before its step
  double norm = 0.0;  ///< of the L2 norms of the gradients that were taken
  std::size_t batches = 0, norms = 0;
};

enum class EpochEnd {
  whole,
  diverged,  ///< a batch's loss was not a finite number; the batch is not counted
  stopped
};

/// When the training set is evaluated, for people: "every epoch", "every 5 epochs, and after epoch 20",
/// "every epoch, a sample of at most 1000 images", "never".
std::string train_evaluated(const TrainingSettings& settings);

class Training {
 public:
  /// Every so many batches the gradient is stored and its norm taken; in between, plain descent need not
  /// store it.
  static constexpr std::size_t norm_every = 32;

  /// Divides the data and draws the weights by `seed`. The data set must outlive this.
  Training(const Config& config, std::uint64_t seed, const Dataset& dataset);

  std::size_t train_images() const { return parts_.train.size(); }
  const Network& network() const { return network_; }
  Network& network() { return network_; }
  Optimizer& optimizer() { return optimizer_; }

  /// One epoch (from 1) of steps at `rate`. `pulse` is asked before every batch.
  EpochEnd learn(int epoch, double rate, const Pulse& pulse, EpochSums& sums);

  /// One step on these images: read, forward, backward, update. Returns the mean loss before it. `next`: the images of
  /// the step after, where they are known.
  double step(std::span<const std::uint32_t> which, std::span<const std::uint32_t> next, double rate,
              Stream& dropout, EpochSums& sums);

  /// All metrics after an epoch, on every split that there is; on train as `evaluate_train` says.
  BySplit<Evaluation> evaluate(int epoch);

  /// Seconds that all evaluations so far have spent on metrics, without the forward passes.
  double metric_seconds() const { return evaluator_.metric_seconds(); }

 private:
  const TrainingSettings settings_;
  const std::uint64_t seed_;
  const Dataset& dataset_;
  const Partition parts_;
  const Subset train_sample_;  ///< what is evaluated of train, where it is
  Network network_;
  Optimizer optimizer_;
  SplitEvaluator evaluator_;
  compute::AlignedFloats gradient_;
  ImageBatch images_;
  std::vector<std::uint8_t> labels_;
};

}  // namespace ablate
