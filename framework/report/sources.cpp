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
  return {fmt::format(
              "SELECT v.name AS variant, v.parameters, v.flops_per_sample, r.seed, m.split, m.{},\n"
              "       (SELECT sum(e.train_seconds) FROM epoch e WHERE e.run_id = r.id) AS train_seconds,\n"
              "       v.is_baseline\n"
              "FROM variant v\n"
              "LEFT JOIN run r ON r.variant_id = v.id AND r.status = 'done' AND NOT r.obsolete\n"
              "LEFT JOIN run_metric m ON m.run_id = r.id\n"
              "WHERE v.study_id = {} AND v.id IN (SELECT variant_id FROM run WHERE NOT obsolete){}\n"
              "ORDER BY v.id, r.seed, m.split",
              primary_metric(comparison).name, comparison.study_id, of_chosen(comparison)),
          done_runs(comparison)};
}

}  // namespace ablate
