#pragma once
/// Values of one metric, of the suite or a study's own, from its records. Private to framework/report.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "report/collect.hpp"

namespace ablate {

struct MetricRow {
  std::int64_t run_id = 0;
  SplitName split = SplitName::test;
  int epoch = 0;
  double value = 0.0;  ///< not a number where that is what was reported
};

/// At the selected epoch, in the order of the records; of runs that reported it there.
std::vector<MetricRow> selected_rows(const StudyRecords& records, const ReportMetric& metric);
/// After every epoch.
std::vector<MetricRow> curve_rows(const StudyRecords& records, const ReportMetric& metric);

/// The metrics outside the suite that the records hold: those that the study declares first.
std::vector<ReportMetric> own_metrics(const StudyRecords& records);

/// Adds the summaries of a study's own metrics to those of the suite, in each split, after as many epochs as there
/// are. `place` says to which variant a finished run belongs.
void add_own_summaries(Comparison& comparison, const StudyRecords& records,
                       const std::unordered_map<std::int64_t, std::size_t>& place);

}  // namespace ablate
