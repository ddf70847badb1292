#pragma once
/// Student's t intervals of many summaries.

#include <map>

#include "stats/summary.hpp"

namespace ablate {

/// Half-widths of t intervals, not a number for n < 2; the quantile is computed once for each n.
class HalfWidth {
 public:
  explicit HalfWidth(double confidence) : confidence_(confidence) {}

  double operator()(const Summary& summary) {
    if (summary.n < 2) return undefined;
    auto found = per_deviation_.find(summary.n);
    if (found == per_deviation_.end()) {
      const Interval interval = t_interval({summary.n, 0.0, 1.0, -1.0, 1.0}, confidence_);
      found = per_deviation_.emplace(summary.n, interval.high).first;
    }
    return summary.standard_deviation * found->second;
  }

 private:
  double confidence_;
  std::map<std::size_t, double> per_deviation_;
};

}  // namespace ablate
