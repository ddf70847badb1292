#pragma once
/// Trains one network. Knows nothing of the store: it reports once an epoch, and the listener decides.

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "config/settings.hpp"
#include "data/dataset.hpp"
#include "metrics/by_split.hpp"
#include "metrics/evaluation.hpp"
#include "train/training.hpp"

namespace ablate {

/// A whole epoch, just over.
struct EpochReport {
  int epoch = 0;   ///< from 1
  int epochs = 0;  ///< planned
  double learning_rate = 0.0;
  double loss = 0.0;           ///< mean loss of the epoch's batches, each at the parameters before its step
  double gradient_norm = 0.0;  ///< mean over every 32nd batch of the L2 norm of its mean gradient
  double train_seconds = 0.0, evaluate_seconds = 0.0;
  double metric_seconds = 0.0;      ///< the part of evaluate_seconds that came after the forward passes
  double samples_per_second = 0.0;  ///< images trained on a second of train_seconds
  BySplit<Evaluation> evaluations;
  bool selected = false;  ///< best so far by what selects, or simply the latest where the last epoch counts
  const Network* network = nullptr;  ///< at the end of the epoch, while the listener is called
  std::span<const std::uint8_t>
      checkpoint;  ///< likewise: all that `train` needs to go on; empty: not asked for
};

enum class Answer { go_on, stop };
using EpochListener = std::function<Answer(const EpochReport&)>;

enum class TrainingEnd {
  finished,  ///< all epochs, or early stopping
  diverged,  ///< a loss or a weight that is not a finite number: the epoch it came in is not reported
  blind,     ///< all epochs, or early stopping, by a monitor that never was a number
  stopped    ///< the listener or the flag said so
};

struct TrainingResult {
  TrainingEnd end = TrainingEnd::finished;
  std::string why;  ///< of `diverged`, `blind` and of early stopping, a clause
};

struct TrainingStart {
  std::span<const std::uint8_t> checkpoint =
      {};  ///< of the same configuration and seed; empty: from the beginning
  bool write_checkpoints = false;
};

/// Trains a network of `config` under `seed`: the same file and seed give the same bits on every machine, also where
/// it goes on from a checkpoint. `pulse` is asked before every batch. Throws std::invalid_argument for a
/// checkpoint of another network or one that is damaged.
TrainingResult train(const Config& config, std::uint64_t seed, const Dataset& dataset,
                     const EpochListener& listener, const Pulse& pulse, const TrainingStart& start = {});

/// A pulse that goes on until the flag is set, from any thread or signal handler.
Pulse until(const std::atomic<bool>& stop);

}  // namespace ablate
