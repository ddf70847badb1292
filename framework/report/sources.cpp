#include "report/sources.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ablate {

std::vector<std::int64_t> run_ids(const Comparison& comparison, bool (*take)(const RunSummary&)) {
  std::vector<std::int64_t> ids;
  for (const auto& variant : comparison.variants) {
    for (const RunSummary& run : variant.runs) {
      if (take(run)) ids.push_back(run.run_id);
    }
  }
  return ids;
}

std::vector<std::int64_t> done_runs(const Comparison& comparison) {
  return run_ids(comparison, [](const RunSummary& run) { return run.status == RunStatus::done; });
}

std::string of_chosen(const Comparison& comparison) {
  if (comparison.left_out == 0) return {};
  std::vector<std::int64_t> ids;
  for (const auto& variant : comparison.variants) ids.push_back(variant.id);
  return fmt::format(" AND v.id IN ({})", fmt::join(ids, ", "));
}

MetricColumn primary_column(const Comparison& comparison) {
  const ReportMetric metric = primary_metric(comparison);
  if (!metric.is_own()) return {"m." + metric.name, "m.run_id = r.id", "run_metric", "epoch_metric"};
  std::string quoted, named;
  for (const char c : metric.name) {
    quoted += c == '\'' ? "''" : std::string(1, c);
    named += c == '"' ? "\"\"" : std::string(1, c);
  }
  return {fmt::format("m.value AS \"{}\"", named), fmt::format("m.run_id = r.id AND m.metric = '{}'", quoted),
          "run_value", "epoch_value"};
}

Evidence primary_source(const Comparison& comparison, const MetricRows& rows) {
  const MetricColumn column = primary_column(comparison);
  return {fmt::format("SELECT v.name AS variant, r.seed, m.split{0}, {1}\n"
                      "FROM run r JOIN variant v ON v.id = r.variant_id JOIN {2} m ON {3}\n"
                      "WHERE r.study_id = {4} AND r.status = 'done' AND NOT r.obsolete{5}{6}\n"
                      "ORDER BY v.id, r.seed, m.split{0}",
                      rows.epoch, column.value, rows.table == "run_metric" ? column.selected : column.epochs,
                      column.join, comparison.study_id, rows.condition, of_chosen(comparison)),
          done_runs(comparison)};
}

Evidence metric_source(const Comparison& comparison, const std::vector<std::string>& metrics,
                       const MetricRows& rows) {
  return {fmt::format("SELECT v.name AS variant, r.seed, m.split{0}, m.{1}\n"
                      "FROM run r JOIN variant v ON v.id = r.variant_id JOIN {2} m ON m.run_id = r.id\n"
                      "WHERE r.study_id = {3} AND r.status = 'done' AND NOT r.obsolete{4}{5}\n"
                      "ORDER BY v.id, r.seed, m.split{0}",
                      rows.epoch, fmt::join(metrics, ", m."), rows.table, comparison.study_id, rows.condition,
                      of_chosen(comparison)),
          done_runs(comparison)};
}

Evidence comparison_source(const Comparison& comparison) {
  const MetricColumn column = primary_column(comparison);
  return {fmt::format(
              "SELECT v.name AS variant, v.parameters, v.flops_per_sample, r.seed, m.split, {},\n"
              "       (SELECT sum(e.train_seconds) FROM epoch e WHERE e.run_id = r.id) AS train_seconds,\n"
              "       v.is_baseline\n"
              "FROM variant v\n"
              "LEFT JOIN run r ON r.variant_id = v.id AND r.status = 'done' AND NOT r.obsolete\n"
              "LEFT JOIN {} m ON {}\n"
              "WHERE v.study_id = {} AND v.id IN (SELECT variant_id FROM run WHERE NOT obsolete){}\n"
              "ORDER BY v.id, r.seed, m.split",
              column.value, column.selected, column.join, comparison.study_id, of_chosen(comparison)),
          done_runs(comparison)};
}

}  // namespace ablate
