#pragma once
/// The SQL that gives a report's numbers back, for the sections to put under their tables.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/evidence.hpp"

namespace ablate {

/// The runs that `take` takes, in the order of the plan.
std::vector<std::int64_t> run_ids(const Comparison& comparison, bool (*take)(const RunSummary&));
std::vector<std::int64_t> done_runs(const Comparison& comparison);

/// " AND v.id IN (1, 3)" where the report has not all variants of its study.
std::string of_chosen(const Comparison& comparison);

/// Which rows of run_metric or epoch_metric, called m.
struct MetricRows {
  std::string table;
  std::string condition = {};  ///< " AND m.split = 'test'"
  std::string epoch = {};      ///< ", m.epoch" for one row per epoch
};
/// How SQL reads the primary metric, be it of the suite or a study's own: "m.accuracy".
struct MetricColumn {
  std::string value, join;       ///< the joined table is called m, the run r
  std::string selected, epochs;  ///< tables: at the selected epoch, after every epoch
};
MetricColumn primary_column(const Comparison& comparison);

/// The primary metric's rows; as below.
Evidence primary_source(const Comparison& comparison, const MetricRows& rows);

/// Columns of the table over all finished runs.
Evidence metric_source(const Comparison& comparison, const std::vector<std::string>& metrics,
                       const MetricRows& rows);

/// One row per variant, finished run and split: costs, seconds and the primary metric. A variant without a
/// finished run has one row, without a seed.
Evidence comparison_source(const Comparison& comparison);

}  // namespace ablate
