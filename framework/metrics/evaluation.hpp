#pragma once
/// What is known of a split, as plain numbers.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "metrics/metric_table.hpp"

namespace ablate {

/// One class against the rest. A share of nothing is 0 (precision of a class never predicted, recall of one
/// without images); auc_roc is not a number for a class absent from the truth (or that is all of it).
struct ClassMetrics {
  double precision, recall, f1, specificity, auc_roc;
  std::size_t support;  ///< images of this class
};

struct Evaluation {
  MetricSuite suite;
  std::vector<ClassMetrics> classes;
  std::vector<std::uint32_t>
      confusion;  ///< classes x classes, one row per true class: [truth * classes + predicted]
  std::vector<std::uint8_t> predicted =
      {};  ///< most probable class of each image, in their order; empty where
           ///< any image has a logit that is not a number
};

}  // namespace ablate
