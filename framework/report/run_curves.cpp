#include "report/run_curves.hpp"

#include <algorithm>
#include <unordered_map>

#include "metrics/split_value.hpp"
#include "report/metric_rows.hpp"

namespace ablate {
namespace {

/// The split that shows how a run does without looking at the test images, where it has one.
SplitName watched_split(const Comparison& comparison, const std::vector<MetricRow>& rows) {
  const bool validation = std::any_of(rows.begin(), rows.end(),
                                      [](const auto& row) { return row.split == SplitName::validation; });
  return validation ? SplitName::validation : comparison.primary.split;
}

}  // namespace

void add_run_curves(Comparison& comparison, const StudyRecords& records) {
  std::unordered_map<std::int64_t, RunSummary*> done;
  for (VariantSummary& variant : comparison.variants) {
    for (RunSummary& run : variant.runs) {
      if (run.status == RunStatus::done) done[run.run_id] = &run;
    }
  }
  for (const RunRecord& run : records.runs) {
    const auto found = done.find(run.id);
    if (found == done.end()) continue;
    const bool chosen = run.origin.selected_by.find('.') != std::string::npos;
    found->second->selected_epoch = run.best_epoch.value_or(0);
    found->second->best_epoch = chosen ? run.best_epoch.value_or(0) : 0;
  }
  const ReportMetric primary = primary_metric(comparison);
  for (const MetricRow& row : selected_rows(records, primary)) {
    const auto found = done.find(row.run_id);
    if (found == done.end()) continue;
    value_of(found->second->selected, row.split) = row.value;
  }
  const std::vector<MetricRow> rows = curve_rows(records, primary);
  const SplitName watched = watched_split(comparison, rows);
  for (const MetricRow& row : rows) {
    const auto found = done.find(row.run_id);
    if (found == done.end()) continue;
    if (row.split == watched) found->second->watched.push_back({row.epoch, row.value});
    if (row.split == comparison.primary.split) found->second->curve.push_back({row.epoch, row.value});
  }
}

}  // namespace ablate
