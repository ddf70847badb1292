#pragma once
/// How far a study is: what a page asks for once a second.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "metrics/metric_table.hpp"
#include "store/reader.hpp"

namespace ablate {

/// Of which metric the curves of runs under way are drawn.
struct WatchedMetric {
  std::string metric = "accuracy";
  bool curves = true;  ///< without: how far the runs are, but not how well they do
};

/// Counts by status, seconds left, runs under way with the points of their curves, runs that failed or diverged with the
/// reason. `known`: of an attempt at a run, the last epoch that the page has; points up to it are left out. What a run began
/// anew is an attempt of its own, whose points all come. A curve is validation's, of
/// runs without one train's: nobody is tempted to select by test. See drawn_curve.
nlohmann::ordered_json study_progress(const Reader& reader, std::int64_t study_id,
                                      const WatchedMetric& watched, const std::map<std::string, int>& known);

/// Changes where the answer of a study may: when a run ends, or the plan or the study's words change.
std::string answer_state(const Reader& reader, std::int64_t study_id);

/// Of a variant's runs.
struct VariantStanding {
  std::int64_t done = 0;  ///< of which it is known how long they took
  double done_seconds = 0.0;
  std::int64_t waiting = 0;  ///< not begun, or interrupted
  int epochs = 0;            ///< that each trains; 0: its settings do not say
};

struct UnderWay {
  std::int64_t variant = 0;
  int epochs_done = 0;
  double seconds = 0.0;  ///< so far; not a number: unknown
};

/// The seconds that are left of a study, by what the done runs of each variant took, and of all where a variant has none;
/// before a first is done, by how far one under way has come. Nothing where none shows it, or nothing is running.
std::optional<double> seconds_left(const std::map<std::int64_t, VariantStanding>& variants,
                                   const std::vector<UnderWay>& under_way);

struct DrawnCurve {
  nlohmann::ordered_json
      points;  ///< [epoch, value] each, null where the value is no number; the last is always there
  std::int64_t every = 1;  ///< of so many epochs each, the lowest, the highest and the first without a number
};

/// A run's curve after an epoch, in at most about 2,000 points.
DrawnCurve drawn_curve(const Reader& reader, std::int64_t run_id, const std::string& split,
                       const std::string& metric, int after);

}  // namespace ablate
