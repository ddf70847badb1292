#pragma once
/// A metric of a report: one of the suite, or one that the study's programs report beside it.

#include <cstddef>
#include <string>
#include <vector>

#include "metrics/metric_table.hpp"

namespace ablate {

struct ReportMetric {
  std::string name;   ///< "accuracy", "bleu"
  std::string title;  ///< for axes and table heads
  Better better = Better::up;
  double MetricSuite::*value = nullptr;  ///< of the suite's; nullptr: of its own
  bool is_declared = true;               ///< its study says which way is better

  bool is_own() const { return value == nullptr; }
};

/// The suite's, then those of the study's own: places in a summary of either follow this order.
class ReportMetrics {
 public:
  std::vector<ReportMetric> own = {};

  std::size_t size() const { return metric_table().size() + own.size(); }
  ReportMetric at(std::size_t place) const;
  /// The place of that name; throws RequestError with the nearest where there is none.
  std::size_t place_of(const std::string& name) const;
};

}  // namespace ablate
