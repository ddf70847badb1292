#include "report/metric_rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "metrics/split_value.hpp"

namespace ablate {
namespace {

std::optional<SplitName> split_called(const std::string& name) {
  for (const SplitName split : {SplitName::train, SplitName::validation, SplitName::test}) {
    if (to_string(split) == name) return split;
  }
  return std::nullopt;
}

/// A share that is not a number beside numbers of its split was not reported; a loss was, and diverged.
bool is_reported(const MetricSuite& suite, double MetricSuite::*value) {
  const auto table = metric_table();
  const auto is_number = [&](const Metric& metric) { return std::isfinite(suite.*metric.value); };
  const auto is_this_loss = [&](const Metric& metric) {
    return metric.value == value && metric.highest >= Metric::endless;
  };
  return std::isfinite(suite.*value) || std::any_of(table.begin(), table.end(), is_this_loss) ||
         std::none_of(table.begin(), table.end(), is_number);
}

std::vector<MetricRow> metric_rows_of(const std::vector<SplitMetrics>& suites,
                                      const std::vector<FreeValueOf>& values, const ReportMetric& metric) {
  std::vector<MetricRow> rows;
  if (metric.is_own()) {
    for (const FreeValueOf& at : values) {
      const auto split = split_called(at.value.split);
      if (split && at.value.metric == metric.name)
        rows.push_back({at.run_id, *split, at.epoch, at.value.value});
    }
    return rows;
  }
  for (const SplitMetrics& at : suites) {
    if (is_reported(at.suite, metric.value))
      rows.push_back({at.run_id, at.split, at.epoch, at.suite.*metric.value});
  }
  return rows;
}

/// Rows of metrics outside the suite, by their names.
std::unordered_map<std::string, std::vector<MetricRow>> rows_by_name(const std::vector<FreeValueOf>& values) {
  std::unordered_map<std::string, std::vector<MetricRow>> rows;
  for (const FreeValueOf& at : values) {
    if (const auto split = split_called(at.value.split))
      rows[at.value.metric].push_back({at.run_id, *split, at.epoch, at.value.value});
  }
  return rows;
}

/// Summaries of so many metrics, none of which has a value.
void fill(std::vector<Summary>& summaries, std::size_t count) {
  while (summaries.size() < count) summaries.push_back(summarize({}));
}

std::vector<Summary>& summaries_at(std::vector<CurvePoint>& points, int epoch, std::size_t count) {
  auto point = std::lower_bound(points.begin(), points.end(), epoch,
                                [](const CurvePoint& other, int value) { return other.epoch < value; });
  if (point == points.end() || point->epoch != epoch) point = points.insert(point, {epoch, {}});
  fill(point->metrics, count);
  return point->metrics;
}

using RowGroups = std::map<std::tuple<std::size_t, SplitName, int>, std::vector<double>>;

/// Values by variant, split and epoch (0: all epochs are one).
RowGroups grouped(const std::vector<MetricRow>& rows,
                  const std::unordered_map<std::int64_t, std::size_t>& place, bool by_epoch) {
  RowGroups groups;
  for (const MetricRow& row : rows) {
    const auto variant = place.find(row.run_id);
    if (variant != place.end() && is_value(row.value))
      groups[{variant->second, row.split, by_epoch ? row.epoch : 0}].push_back(row.value);
  }
  return groups;
}

/// Every list of summaries is as long as there are metrics.
void fill_all(VariantSummary& variant, std::size_t count) {
  for (const SplitName split : {SplitName::train, SplitName::validation, SplitName::test}) {
    if (auto& selected = value_of(variant.selected, split)) fill(*selected, count);
    if (auto& points = value_of(variant.curves, split)) {
      for (CurvePoint& point : *points) fill(point.metrics, count);
    }
  }
}

}  // namespace

std::vector<MetricRow> selected_rows(const StudyRecords& records, const ReportMetric& metric) {
  return metric_rows_of(records.selected, records.selected_values, metric);
}

std::vector<MetricRow> curve_rows(const StudyRecords& records, const ReportMetric& metric) {
  return metric_rows_of(records.curves, records.values, metric);
}

std::vector<ReportMetric> own_metrics(const StudyRecords& records) {
  std::vector<ReportMetric> own;
  std::set<std::string> known;
  for (const FreeMetric& metric : records.free_metrics) {
    if (metric.split.empty() || !known.insert(metric.metric).second) continue;
    own.push_back({metric.metric, metric.metric, metric.up.value_or(true) ? Better::up : Better::down,
                   nullptr, metric.up.has_value()});
  }
  return own;
}

void add_own_summaries(Comparison& comparison, const StudyRecords& records,
                       const std::unordered_map<std::int64_t, std::size_t>& place) {
  const std::size_t suite = metric_table().size(), count = comparison.metrics.size();
  auto selected_of = rows_by_name(records.selected_values), curve_of = rows_by_name(records.values);
  for (std::size_t metric = suite; metric < count; ++metric) {
    const std::string& name = comparison.metrics.at(metric).name;
    for (const auto& [key, values] : grouped(selected_of[name], place, false)) {
      auto& selected = value_of(comparison.variants[std::get<0>(key)].selected, std::get<1>(key));
      if (!selected) selected.emplace();
      fill(*selected, count);
      (*selected)[metric] = summarize(values);
    }
    for (const auto& [key, values] : grouped(curve_of[name], place, true)) {
      auto& points = value_of(comparison.variants[std::get<0>(key)].curves, std::get<1>(key));
      if (!points) points.emplace();
      summaries_at(*points, std::get<2>(key), count)[metric] = summarize(values);
    }
  }
  for (VariantSummary& variant : comparison.variants) fill_all(variant, count);
}

}  // namespace ablate
