#include "exchange/run_series.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "text/folder_name.hpp"

namespace ablate {
namespace {

void add_suite(const std::vector<SplitMetrics>& rows, std::vector<SeriesPoint>& points) {
  for (const SplitMetrics& row : rows) {
    for (const Metric& metric : metric_table()) {
      const double value = row.suite.*metric.value;
      if (!std::isnan(value))
        points.push_back({row.epoch, 0.0, to_string(row.split) + '.' + std::string(metric.name), value});
    }
  }
}

void add_values(const Reader& reader, std::int64_t run_id, std::vector<SeriesPoint>& points) {
  for (const FreeValueAt& at : reader.run_values(run_id)) {
    if (std::isnan(at.value.value)) continue;
    points.push_back({at.epoch, 0.0, to_string(MetricName{at.value.split, at.value.metric}), at.value.value});
  }
}

/// Those of the selected epoch alone that its program's predictions gave come with the others, once.
void sort_and_unite(std::vector<SeriesPoint>& points) {
  const auto place = [](const SeriesPoint& point) { return std::tie(point.step, point.name); };
  std::sort(points.begin(), points.end(),
            [&](const SeriesPoint& a, const SeriesPoint& b) { return place(a) < place(b); });
  const auto same = [&](const SeriesPoint& a, const SeriesPoint& b) { return place(a) == place(b); };
  points.erase(std::unique(points.begin(), points.end(), same), points.end());
}

/// Learning rates, and when each epoch ended.
std::map<int, double> add_epochs(const Reader& reader, const RunSeries& series,
                                 std::vector<SeriesPoint>& points) {
  std::map<int, double> ends;
  double now = series.started;
  for (const EpochRow& row : reader.run_epochs(series.run.id)) {
    for (const double seconds : {row.train_seconds, row.evaluate_seconds})
      now += std::isfinite(seconds) ? seconds : 0.0;
    ends[row.epoch] = now;
    if (!std::isnan(row.learning_rate))
      points.push_back({row.epoch, 0.0, "learning_rate", row.learning_rate});
  }
  return ends;
}

}  // namespace

double seconds_of(const std::string& moment) {
  std::tm parts{};
  double seconds = 0.0;
  const int read = std::sscanf(moment.c_str(), "%d-%d-%dT%d:%d:%lfZ", &parts.tm_year, &parts.tm_mon,
                               &parts.tm_mday, &parts.tm_hour, &parts.tm_min, &seconds);
  if (read != 6) return 0.0;
  parts.tm_year -= 1900;
  parts.tm_mon -= 1;
  return static_cast<double>(::timegm(&parts)) + seconds;
}

std::string session_name(const RunSeries& series) {
  return folder_name(fmt::format("{} seed {}", series.run.variant, series.run.seed));
}

void each_series(const Reader& reader, const StudyRecord& study,
                 const std::function<void(const RunSeries&)>& visit) {
  std::map<std::int64_t, VariantRecord> variants;
  for (VariantRecord& variant : reader.variants(study.id)) variants[variant.id] = std::move(variant);
  for (const RunRecord& run : reader.runs(study.id)) {
    if (run.obsolete || run.attempt == 0) continue;
    RunSeries series{run, variants.at(run.variant_id),       {},
                     {},  seconds_of(run.course.started_at), seconds_of(run.course.ended_at)};
    reader.select(
        "SELECT key, value FROM setting WHERE variant_id = ?1 ORDER BY key", {run.variant_id},
        [&](const std::vector<Value>& row) { series.settings.emplace_back(to_string(row[0]), row[1]); });
    add_suite(reader.run_curves(run.id), series.points);
    add_suite(reader.run_selected(run.id), series.points);
    add_values(reader, run.id, series.points);
    const auto ends = add_epochs(reader, series, series.points);
    for (SeriesPoint& point : series.points) {
      const auto end = ends.find(point.step);
      point.seconds = end == ends.end() ? series.started : end->second;
    }
    sort_and_unite(series.points);
    visit(series);
  }
}

}  // namespace ablate
