#pragma once
/// Runs a network over a split, block by block.

#include <vector>

#include "data/partition.hpp"
#include "metrics/evaluator.hpp"
#include "nn/network.hpp"

namespace ablate {

/// Evaluates a network on any subset. Its buffers hold one block, whatever the subset's size.
class SplitEvaluator {
 public:
  explicit SplitEvaluator(const Dataset& dataset);

  /// All metrics of the network's logits on `subset`.
  Evaluation evaluate(Network& network, const Subset& subset);

  /// Seconds that all evaluations so far have spent on metrics, without the forward passes.
  double metric_seconds() const { return metric_seconds_; }

 private:
  static constexpr std::size_t block = 256;  ///< images

  const Dataset& dataset_;
  Evaluator evaluator_;
  ImageBatch images_;
  std::vector<std::uint8_t> labels_;
  double metric_seconds_ = 0.0;
};

}  // namespace ablate
