#pragma once
/// Curves of long runs, in as many epochs as are enough to draw.

#include <string>

#include "report/collect.hpp"

namespace ablate {

/// The first epoch, every `step`-th after it, and `last`, the last one of the longest run. The same for all runs of a
/// study, so that a mean over them is of the same runs as if every epoch were drawn. At first all.
struct DrawnEpochs {
  int step = 1;
  int last = 0;

  bool all() const { return step == 1; }
  bool has(int epoch) const { return (epoch - 1) % step == 0 || epoch == last; }
  /// What `has` says, as a condition on "m.epoch" behind others: " AND (...)"; empty for all.
  std::string sql() const;
};

/// All of up to 2,000 epochs of the longest run, about as many of more.
DrawnEpochs drawn_epochs(const std::vector<RunRecord>& runs);
/// The same of the runs that a comparison has.
DrawnEpochs drawn_epochs(const Comparison& comparison);

}  // namespace ablate
