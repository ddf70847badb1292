#pragma once
/// What another program reports, as the store keeps it.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runner/run_event.hpp"
#include "store/reader.hpp"
#include "store/records.hpp"
#include "train/epoch_line.hpp"

namespace ablate {

/// A line's values: those of the suite, and the others.
struct ReportedEpoch {
  EpochRecord record;
  std::vector<FreeValue> values;
};

/// `seconds` is the epoch's time where the line has none.
ReportedEpoch reported_epoch(const EpochLine& line, double seconds);

/// What a display shows of it: losses and accuracies under their usual names.
EpochProgress progress_of(const ReportedEpoch& reported, int epochs);

/// "epoch 3 was repeated (attempt 2) with other numbers: test.accuracy was 0.91 and is 0.9, 0.01 apart"; of one with
/// the same numbers empty.
std::string difference_text(const RepeatedEpoch& again);

/// "epoch 20 is the only one that it reported: ..." of a program that may have written each over the one before; else empty.
std::string lone_epoch_text(const std::set<int>& epochs);

/// "epoch 2 is missing between those that it reported"; of whole epochs, and of multiples such as 5, 10, 15, empty.
std::string missing_text(const std::set<int>& epochs);

/// "test.accuracy was reported as 0.25, but its predictions give 1" of the first metric that differs by more than rounding;
/// else empty.
std::string contradiction_text(const std::vector<SplitMetrics>& reported,
                               const BySplit<Evaluation>& predicted);

/// Which epoch a run is judged by: the latest, or the best by a metric.
class EpochSelection {
 public:
  /// "last", or a metric and its direction.
  EpochSelection(std::string metric, bool up);

  /// Takes up what the file holds.
  void resume(const Reader& reader, const RunRecord& run);
  /// Whether this epoch is the best so far; `latest` is the last one before it.
  bool selects(const ReportedEpoch& reported, int latest);
  bool has_selected() const { return selected_.has_value(); }
  std::optional<int> selected() const { return selected_; }

 private:
  std::string metric_;
  bool up_;
  std::optional<int> selected_;  ///< epoch
  std::optional<double> best_;
};

}  // namespace ablate
