#pragma once
/// How far a study is: what a page asks for once a second.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

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
/// reason. `known`: of a run, the last epoch that the page has; points up to it are left out. A curve is validation's, of
/// runs without one train's: nobody is tempted to select by test. It has at most 2,000 points: every k-th.
nlohmann::ordered_json study_progress(const Reader& reader, std::int64_t study_id,
                                      const WatchedMetric& watched, const std::map<std::int64_t, int>& known);

/// Changes where the answer of a study may: when a run ends, or the plan or the study's words change.
std::string answer_state(const Reader& reader, std::int64_t study_id);

/// The seconds that are left of a study, by what its runs took so far; nothing where none tells, or nothing is running.
std::optional<double> seconds_left(const std::vector<RunRecord>& runs,
                                   const std::map<std::int64_t, int>& epochs);

/// The points [epoch, value] of a run's curve after an epoch, at most about 2,000.
nlohmann::ordered_json curve_points(const Reader& reader, std::int64_t run_id, const std::string& split,
                                    const std::string& metric, int after);

}  // namespace ablate
