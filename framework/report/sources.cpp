#include "report/sources.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ablate {
namespace {

std::vector<std::int64_t> run_ids(const Comparison& comparison, bool (*take)(const CellRecord&)) {
  std::vector<std::int64_t> ids;
  for (const auto& variant : comparison.variants) {
    for (const auto& cell : variant.cells) {
      if (take(cell)) ids.push_back(cell.run_id);
    }
  }
  return ids;
}

bool is_done(const CellRecord& cell) { return cell.status == RunStatus::done; }
bool is_not_done(const CellRecord& cell) { return !is_done(cell); }
bool has_finding(const CellRecord& cell) { return cell.findings > 0; }

/// " AND v.id IN (1, 3)" where the report has not all variants of its study.
std::string of_chosen(const Comparison& comparison) {
  if (comparison.left_out == 0) return {};
  std::vector<std::int64_t> ids;
  for (const auto& variant : comparison.variants) ids.push_back(variant.id);
  return fmt::format(" AND v.id IN ({})", fmt::join(ids, ", "));
}

/// `metrics` are columns of run_metric or epoch_metric, which `table` names.
std::string metric_sql(std::int64_t study, const std::vector<std::string>& metrics, const std::string& table,
                       const std::string& condition, const std::string& epoch = {}) {
  return fmt::format(
      "SELECT v.name AS variant, r.seed, m.split{0}, m.{1}\n"
      "FROM run r JOIN variant v ON v.id = r.variant_id JOIN {2} m ON m.run_id = r.id\n"
      "WHERE r.study_id = {3} AND r.status = 'done' AND NOT r.obsolete{4}\n"
      "ORDER BY v.id, r.seed, m.split{0}",
      epoch, fmt::join(metrics, ", m."), table, study, condition);
}

/// A variant without a finished run has one row, without a seed.
std::string comparison_sql(std::int64_t study, const std::string& metric, const std::string& chosen) {
  return fmt::format(
      "SELECT v.name AS variant, v.parameters, v.flops_per_sample, r.seed, m.split, m.{},\n"
      "       (SELECT sum(e.train_seconds) FROM epoch e WHERE e.run_id = r.id) AS train_seconds,\n"
      "       v.is_baseline\n"
      "FROM variant v\n"
      "LEFT JOIN run r ON r.variant_id = v.id AND r.status = 'done' AND NOT r.obsolete\n"
      "LEFT JOIN run_metric m ON m.run_id = r.id\n"
      "WHERE v.study_id = {} AND v.id IN (SELECT variant_id FROM run WHERE NOT obsolete){}\n"
      "ORDER BY v.id, r.seed, m.split",
      metric, study, chosen);
}

/// Sums over the runs of a variant, on the test images.
std::string class_sql(std::int64_t study, const std::string& table, const std::string& columns,
                      const std::string& key, const std::string& chosen) {
  return fmt::format(
      "SELECT v.name AS variant, {0}\n"
      "FROM run r JOIN variant v ON v.id = r.variant_id JOIN {1} c ON c.run_id = r.id\n"
      "WHERE r.study_id = {2} AND r.status = 'done' AND NOT r.obsolete AND c.split = 'test'{4}\n"
      "GROUP BY v.id, {3} ORDER BY v.id, {3}",
      columns, table, study, key, chosen);
}

/// A row a finished run and factor.
std::string factors_sql(std::int64_t study, const std::string& metric, SplitName split,
                        const std::string& chosen) {
  return fmt::format(
      "SELECT v.name AS variant, v.is_baseline, r.seed, f.key AS factor, f.value, m.{}\n"
      "FROM run r JOIN variant v ON v.id = r.variant_id JOIN run_metric m ON m.run_id = r.id\n"
      "JOIN factor f ON f.variant_id = v.id\n"
      "WHERE r.study_id = {} AND r.status = 'done' AND NOT r.obsolete AND m.split = '{}'{}\n"
      "ORDER BY v.id, r.seed, f.position",
      metric, study, to_string(split), chosen);
}

}  // namespace

void add_sources(Comparison& comparison, std::int64_t study_id) {
  const auto done = run_ids(comparison, is_done);
  const std::string chosen = of_chosen(comparison);
  std::vector<std::string> seven;
  for (const std::size_t place : seven_metrics()) seven.emplace_back(metric_table()[place].name);
  const std::string primary(metric_table()[comparison.primary.metric].name);
  comparison.comparison = {comparison_sql(study_id, primary, chosen), done};
  const std::string of_split =
      fmt::format(" AND m.split = '{}'{}", to_string(comparison.primary.split), chosen);
  if (comparison.ranks) {
    comparison.ranks->source = {metric_sql(study_id, {primary}, "run_metric", of_split), done};
  }
  if (comparison.factor_analysis) {
    comparison.factor_analysis->source = {factors_sql(study_id, primary, comparison.primary.split, chosen),
                                          done};
  }
  comparison.metrics = {metric_sql(study_id, seven, "run_metric", " AND m.split = 'test'" + chosen), done};
  comparison.seven_curves = {
      metric_sql(study_id, seven, "epoch_metric", " AND m.split IN ('train', 'test')" + chosen, ", m.epoch"),
      done};
  comparison.primary_curves = {metric_sql(study_id, {primary}, "epoch_metric", chosen, ", m.epoch"), done};
  comparison.rates = {
      fmt::format("SELECT v.name AS variant, r.seed, e.epoch, e.learning_rate\n"
                  "FROM run r JOIN variant v ON v.id = r.variant_id JOIN epoch e ON e.run_id = r.id\n"
                  "WHERE r.study_id = {} AND r.status = 'done' AND NOT r.obsolete{}\n"
                  "ORDER BY v.id, r.seed, e.epoch",
                  study_id, chosen),
      done};
  comparison.cells = {fmt::format("SELECT r.id, v.name AS variant, r.seed, r.status,\n"
                                  "       coalesce(r.error, r.exit_reason) AS why\n"
                                  "FROM run r JOIN variant v ON v.id = r.variant_id\n"
                                  "WHERE r.study_id = {} AND r.status <> 'done' AND NOT r.obsolete{}\n"
                                  "ORDER BY v.id, r.seed",
                                  study_id, chosen),
                      run_ids(comparison, is_not_done)};
  comparison.leak_audit = {
      fmt::format("SELECT l.run_id, l.kind, l.detail, l.count\n"
                  "FROM leak l JOIN run r ON r.id = l.run_id{}\n"
                  "WHERE r.study_id = {} AND NOT r.obsolete{}\n"
                  "ORDER BY l.run_id, l.kind",
                  chosen.empty() ? "" : " JOIN variant v ON v.id = r.variant_id", study_id, chosen),
      run_ids(comparison, has_finding)};
  comparison.all_curves = {metric_sql(study_id, metric_names(), "epoch_metric", chosen, ", m.epoch"), done};
  comparison.classes = {class_sql(study_id, "class_metric",
                                  "c.class, avg(c.precision) AS precision, avg(c.recall) AS recall,\n"
                                  "       avg(c.f1) AS f1, sum(c.support) AS support",
                                  "c.class", chosen),
                        done};
  comparison.confusion = {class_sql(study_id, "confusion", "c.truth, c.predicted, sum(c.count) AS count",
                                    "c.truth, c.predicted", chosen),
                          done};
}

}  // namespace ablate
