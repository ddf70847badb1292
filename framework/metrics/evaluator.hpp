#pragma once
/// From logits and truth, block by block, to all metrics of a split.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ablate/metrics/metric_table.hpp"

namespace ablate {

/// One class against the rest; auc_roc is not a number for a class absent from the truth (or that is all of it).
struct ClassMetrics {
  double precision, recall, f1, specificity, auc_roc;
  std::size_t support;  ///< images of this class
};

struct Evaluation {
  MetricSuite suite;
  std::vector<ClassMetrics> classes;
  std::vector<std::uint32_t> confusion;  ///< classes x classes, a row a true class: [truth * classes + predicted]
};

/// Collects a split's predictions and sums them up. Memory: a float a class and image (the AUC needs every score).
/// Buffers are kept from split to split, so that a run allocates once.
class Evaluator {
 public:
  /// `classes` is 1 to 256.
  explicit Evaluator(int classes);

  /// Adds a block of images: logits are classes x truth.size(), one image a column (column-major).
  /// A logit that is not a number makes every metric that depends on it not a number; a label that is no class throws
  /// std::invalid_argument.
  void add(std::span<const float> logits, std::span<const std::uint8_t> truth);

  /// All metrics of what was added; then starts anew. Of no images: every metric is not a number.
  Evaluation finish();

 private:
  int classes_;
  std::vector<float> probabilities_;  ///< classes x images, one image a column
  std::vector<std::uint8_t> truth_;
  double log_loss_sum_ = 0.0;
  std::vector<std::uint32_t> scratch_;
};

}  // namespace ablate
