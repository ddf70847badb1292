#pragma once
/// Which of two states of one run holds the other. Private to framework/store.

#include <string>

#include "store/merge_study.hpp"

namespace ablate {

/// What decides on a run.
struct RunState {
  std::int64_t id = 0;
  std::string uuid, status;
  int epochs_done = 0;
  std::optional<int> best_epoch;
  std::string program;  ///< SHA-256 of what trained it; empty: unknown
  int numbers = 0;      ///< base/numbers_version.hpp; 0: it was never begun
};

enum class Relation {
  same,    ///< the same epochs, metrics and end
  ahead,   ///< the source's holds ours and more
  behind,  ///< ours holds the source's and more
  conflict
};

struct RunComparison {
  Relation relation = Relation::same;
  std::string difference = {};  ///< of a conflict: "test.accuracy after epoch 3 is 0.7 and 0.8"
};

/// Compares bit for bit: learning rate, gradient and all metrics of the epochs that both have; of runs that
/// are done also the selected epoch, classes and confusion. Times do not count.
RunComparison compare_runs(const MergeContext& context, const RunState& theirs, const RunState& ours);

}  // namespace ablate
