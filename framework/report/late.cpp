#include "report/late.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "stats/convergence.hpp"

namespace ablate {
namespace {

struct Point {
  double epoch = 0.0, value = 0.0;
};

/// Least squares; not a number of fewer than three points.
double slope(const std::vector<Point>& points) {
  if (points.size() < 3) return undefined;
  const auto n = static_cast<double>(points.size());
  double epochs = 0.0, values = 0.0, products = 0.0, squares = 0.0;
  for (const Point& point : points) epochs += point.epoch / n, values += point.value / n;
  for (const Point& point : points) {
    products += (point.epoch - epochs) * (point.value - values);
    squares += (point.epoch - epochs) * (point.epoch - epochs);
  }
  return squares > 0.0 ? products / squares : undefined;
}

/// The split that shows how a run does without looking at the test images, where it has one.
SplitName watched_split(const Comparison& comparison, const StudyRecords& records) {
  const bool validation = std::any_of(records.curves.begin(), records.curves.end(),
                                      [](const auto& row) { return row.split == SplitName::validation; });
  return validation ? SplitName::validation : comparison.primary.split;
}

}  // namespace

void add_late_slopes(Comparison& comparison, const StudyRecords& records) {
  std::unordered_map<std::int64_t, RunSummary*> runs;
  for (VariantSummary& variant : comparison.variants) {
    for (RunSummary& run : variant.runs) {
      if (run.status == RunStatus::done) runs[run.run_id] = &run;
    }
  }
  for (const RunRecord& run : records.runs) {
    const auto at = runs.find(run.id);
    if (at == runs.end()) continue;
    at->second->best_epoch = run.best_epoch.value_or(0);
    at->second->chose_epoch = run.origin.selected_by.find('.') != std::string::npos;
    at->second->late_window =
        static_cast<int>(epochs_judged(static_cast<std::size_t>(std::max(0, at->second->epochs_done))));
  }
  const SplitName watched = watched_split(comparison, records);
  const auto value = primary_metric(comparison).value;
  std::unordered_map<RunSummary*, std::vector<Point>> points;
  for (const SplitMetrics& row : records.curves) {
    const auto at = runs.find(row.run_id);
    if (at == runs.end() || row.split != watched || !std::isfinite(row.suite.*value)) continue;
    const RunSummary& run = *at->second;
    if (row.epoch > run.epochs_done - run.late_window)
      points[at->second].push_back({static_cast<double>(row.epoch), row.suite.*value});
  }
  for (const auto& [run, run_points] : points) run->late_slope = slope(run_points);
}

}  // namespace ablate
