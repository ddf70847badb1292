#include "report/pair/pair.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/audit_text.hpp"
#include "report/drawn_epochs.hpp"
#include "report/looks.hpp"
#include "report/metric_rows.hpp"
#include "report/pair/pair_words.hpp"
#include "report/verdict.hpp"
#include "stats/effect_size.hpp"
#include "stats/multiple.hpp"

namespace ablate {
namespace {

constexpr std::int64_t first_id = 1, second_id = 2;

void add_side(StudyRecords& records, const PairSide& side, std::int64_t id) {
  VariantRecord& variant = records.variants.emplace_back(side.variant);
  variant.id = id, variant.name = side.name, variant.is_baseline = id == first_id;
  for (const RunRecord& run : side.runs) {
    RunRecord& copy = records.runs.emplace_back(run);
    copy.variant_id = id, copy.variant = side.name;
  }
}

template <class Row>
void append(std::vector<Row>& all, std::vector<Row>&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

using SidesOfRuns = std::map<std::int64_t, std::pair<bool, std::int64_t>>;  ///< run -> (is B, seed)

SidesOfRuns finished_runs(const StudyRecords& pair) {
  SidesOfRuns sides;
  for (const RunRecord& run : pair.runs) {
    if (run.status == RunStatus::done) sides[run.id] = {run.variant_id == second_id, run.seed};
  }
  return sides;
}

Summary summary_of(const std::vector<SeedValue>& values) {
  std::vector<double> numbers;
  for (const SeedValue& value : values) numbers.push_back(value.value);
  return summarize(numbers);
}

MetricPair pair_metric(const StudyRecords& pair, SplitName split, const ReportMetric& described,
                       double confidence, bool comparable) {
  const SidesOfRuns finished = finished_runs(pair);
  std::vector<SeedValue> first, second;
  for (const MetricRow& row : selected_rows(pair, described)) {
    const auto run = finished.find(row.run_id);
    if (run == finished.end() || row.split != split || std::isnan(row.value)) continue;
    const auto& [is_second, seed] = run->second;
    (is_second ? second : first).push_back({seed, row.value});
  }
  MetricPair result;
  if (comparable) result.seeds = pair_by_seed(second, first);
  const bool paired = !result.seeds.seeds.empty();
  result.first = paired ? summarize(result.seeds.second) : summary_of(first);
  result.second = paired ? summarize(result.seeds.first) : summary_of(second);
  result.paired = paired_difference(result.seeds.differences, confidence);
  const auto &own = result.seeds.first, &other = result.seeds.second;
  result.cliffs_delta = paired ? cliffs_delta(own, other) : undefined;
  if (paired) {
    const bool up = described.better == Better::up;
    result.probability_of_improvement =
        up ? probability_of_improvement(own, other) : probability_of_improvement(other, own);
  }
  return result;
}

void correct(std::vector<MetricPair>& metrics) {
  std::vector<double> p;
  for (const MetricPair& metric : metrics)
    p.push_back(metric.has_p() ? metric.paired.permutation_p : undefined);
  const std::vector<double> corrected = holm(p);
  for (std::size_t i = 0; i < metrics.size(); ++i) metrics[i].holm_p = corrected[i];
}

}  // namespace

namespace {

/// Of runs of one or two studies, as of one.
void add_own_values(StudyRecords& pair, const Reader& reader, std::int64_t run_id) {
  for (const FreeValueAt& at : reader.run_values(run_id)) pair.values.push_back({run_id, at.epoch, at.value});
  for (const FreeValueAt& at : reader.run_selected_values(run_id))
    pair.selected_values.push_back({run_id, at.epoch, at.value});
}

/// Both sides' metrics outside the suite, where either has a value.
void add_own_names(StudyRecords& pair, const Reader& reader, const PairSide& first, const PairSide& second) {
  if (pair.selected_values.empty()) return;
  std::set<std::string> known;
  for (const PairSide* side : {&first, &second}) {
    if (side->runs.empty()) continue;
    const std::int64_t study = reader.study(reader.study_name_of_run(side->runs.front().id)).id;
    for (FreeMetric& metric : free_metrics(reader, study)) {
      if (known.insert(metric.split + '.' + metric.metric).second)
        pair.free_metrics.push_back(std::move(metric));
    }
  }
}

}  // namespace

StudyRecords read_pair(const Reader& reader, const PairSide& first, const PairSide& second) {
  StudyRecords pair;
  add_side(pair, first, first_id);
  add_side(pair, second, second_id);
  const DrawnEpochs drawn = drawn_epochs(pair.runs);
  std::set<std::int64_t> datasets, machines;
  for (const RunRecord& run : pair.runs) {
    append(pair.selected, reader.run_selected(run.id));
    append(pair.curves, reader.run_curves(run.id, drawn.sql()));
    append(pair.epochs, reader.run_epochs(run.id));
    add_own_values(pair, reader, run.id);
    add_repeats(reader, run.id, pair.repeats);
    for (LeakRecord& leak : reader.run_leaks(run.id)) pair.leaks.push_back({run.id, std::move(leak)});
    if (const auto audit = reader.run_audit(run.id)) pair.audits.push_back(*audit);
    datasets.insert({run.origin.train_dataset_id, run.origin.test_dataset_id});
    machines.insert(run.origin.machine_id);
  }
  add_own_names(pair, reader, first, second);
  datasets.erase(0);
  machines.erase(0);
  for (const std::int64_t id : datasets) pair.datasets.push_back(reader.dataset(id));
  for (const std::int64_t id : machines) pair.machines.push_back(reader.machine(id));
  return pair;
}

PairComparison compare_pair(const StudyRecords& pair, const PairOptions& options) {
  PairComparison result;
  ReportOptions asked;
  asked.primary = options.metric, asked.confidence = options.confidence, asked.is_pair = true;
  asked.afterthoughts = options.afterthoughts;
  result.comparison = compare(pair, asked);
  Comparison& comparison = result.comparison;
  const Primary& primary = comparison.primary;
  result.split = options.split.value_or(primary.split);
  const std::string obstacle = why_not_comparable(comparison, primary.split);
  const bool comparable = why_not_comparable(comparison, result.split).empty();
  if (!obstacle.empty()) {
    comparison.variants[1].difference.reset();
    comparison.answer.reset();
    comparison.family = 0;
  }
  result.primary = pair_metric(pair, primary.split, comparison.metrics.at(primary.metric), options.confidence,
                               obstacle.empty());
  result.primary.metric = primary.metric;
  for (std::size_t metric = 0; metric < comparison.metrics.size(); ++metric) {
    result.metrics.push_back(
        pair_metric(pair, result.split, comparison.metrics.at(metric), options.confidence, comparable));
    result.metrics.back().metric = metric;
  }
  correct(result.metrics);
  result.verdict = pair_verdict(comparison, obstacle);
  result.notes = pair_notes(pair, result);
  for (std::string& note : look_notes(comparison)) result.notes.push_back(std::move(note));
  for (std::string& note : audit_notes(comparison)) result.notes.push_back(std::move(note));
  return result;
}

}  // namespace ablate
