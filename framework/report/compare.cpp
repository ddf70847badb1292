#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/finding_kinds.hpp"
#include "base/suggest.hpp"
#include "metrics/split_value.hpp"
#include "report/collect.hpp"
#include "report/drawn_epochs.hpp"
#include "report/inference.hpp"
#include "report/metric_rows.hpp"
#include "report/phrases.hpp"
#include "report/run_curves.hpp"
#include "report/variant_factors.hpp"
#include "store/contradiction.hpp"

namespace ablate {
namespace {

using Suites = std::vector<const MetricSuite*>;
using Places =
    std::unordered_map<std::int64_t, std::size_t>;  ///< run or variant id -> place in Comparison::variants

Primary parse_primary(const std::string& name, const ReportMetrics& metrics) {
  const std::size_t dot = name.find('.');
  const std::string split = name.substr(0, dot);
  const std::vector<std::string> splits = {"train", "validation", "test"};
  const auto found = std::find(splits.begin(), splits.end(), split);
  if (dot == std::string::npos || found == splits.end()) {
    throw RequestError(fmt::format("'{}' is not a metric of a split", name),
                       "write it as \"test.accuracy\"; " + suggestion(split, splits));
  }
  const std::size_t place = metrics.place_of(name.substr(dot + 1));
  if (!metrics.at(place).is_declared) {
    throw RequestError(
        fmt::format("it is not known which direction of {} is better, so nothing can rest on it", name),
        fmt::format("trainer: metrics: {{{}: up}}", name));
  }
  return {static_cast<SplitName>(found - splits.begin()), place, name};
}

void count(RunCounts& counts, RunStatus status) {
  ++counts.planned;
  switch (status) {
    case RunStatus::planned:
      ++counts.missing;
      break;
    case RunStatus::running:
      ++counts.running;
      break;
    case RunStatus::done:
      ++counts.done;
      break;
    case RunStatus::diverged:
      ++counts.diverged;
      break;
    case RunStatus::failed:
      ++counts.failed;
      break;
    case RunStatus::interrupted:
      ++counts.interrupted;
      break;
    case RunStatus::stopped:
      ++counts.stopped;
      break;
    case RunStatus::waiting:
      ++counts.waiting;
      break;
  }
}

/// Throws RequestError with the nearest name for a variant that is not there.
void choose_baseline(Comparison& comparison, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& variant : comparison.variants) names.push_back(variant.name);
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw RequestError(fmt::format("study '{}' has no variant '{}'", comparison.study, name),
                       suggestion(name, names));
  for (auto& variant : comparison.variants) {
    comparison.is_baseline_afterthought |= variant.is_baseline != (variant.name == name);
    variant.is_baseline = variant.name == name;
  }
}

/// Places the runs in their variants; returns where each finished run belongs.
Places add_runs(Comparison& comparison, const StudyRecords& records) {
  Places variant_place, done;
  for (std::size_t i = 0; i < records.variants.size(); ++i) variant_place[records.variants[i].id] = i;
  std::set<std::int64_t> leaked;
  std::map<std::int64_t, std::size_t> findings;
  for (const auto& [run, found] : records.leaks) {
    ++findings[run];
    if (severity_of(found.kind) == Severity::leak) leaked.insert(run);
  }
  std::map<std::int64_t, std::vector<RepeatOf>> repeats;
  for (const RepeatOf& again : records.repeats) repeats[again.run_id].push_back(again);
  for (const auto& run : records.runs) {
    const std::size_t place = variant_place.at(run.variant_id);
    VariantSummary& variant = comparison.variants[place];
    const bool has_reason = run.status == RunStatus::stopped || is_contradicted(run.exit_reason);
    variant.runs.push_back({run.id, run.seed, run.status, run.epochs_done,
                            has_reason ? run.exit_reason : run.error, leaked.contains(run.id),
                            findings[run.id], run.origin.program_sha256, run.origin.train_dataset_id,
                            run.origin.test_dataset_id});
    if (const auto again = repeats.find(run.id); again != repeats.end())
      variant.runs.back().repeats = std::move(again->second);
    count(variant.counts, run.status);
    count(comparison.counts, run.status);
    if (run.archived || records.study.archived) ++comparison.counts.archived;
    if (run.status != RunStatus::done) continue;
    done[run.id] = place;
    variant.leaked = variant.leaked || leaked.contains(run.id);
  }
  for (auto& variant : comparison.variants) {
    std::sort(variant.runs.begin(), variant.runs.end(),
              [](const auto& a, const auto& b) { return a.seed < b.seed; });
  }
  return done;
}

/// One summary per metric; a value that is not a finite number is left out.
std::vector<Summary> summarize_suites(const Suites& suites) {
  std::vector<Summary> summaries;
  std::vector<double> values;
  for (const Metric& metric : metric_table()) {
    values.clear();
    for (const MetricSuite* suite : suites) {
      if (std::isfinite(suite->*metric.value)) values.push_back(suite->*metric.value);
    }
    summaries.push_back(summarize(values));
  }
  return summaries;
}

void add_selected(Comparison& comparison, const std::vector<SplitMetrics>& rows, const Places& done) {
  std::map<std::pair<std::size_t, SplitName>, Suites> groups;
  for (const auto& row : rows) {
    if (const auto run = done.find(row.run_id); run != done.end()) {
      groups[{run->second, row.split}].push_back(&row.suite);
    }
  }
  for (const auto& [key, suites] : groups) {
    value_of(comparison.variants[key.first].selected, key.second) = summarize_suites(suites);
  }
}

void add_curves(Comparison& comparison, const std::vector<SplitMetrics>& rows, const Places& done) {
  std::map<std::tuple<std::size_t, SplitName, int>, Suites> groups;
  for (const auto& row : rows) {
    if (const auto run = done.find(row.run_id); run != done.end()) {
      groups[{run->second, row.split, row.epoch}].push_back(&row.suite);
    }
  }
  for (const auto& [key, suites] : groups) {
    auto& points = value_of(comparison.variants[std::get<0>(key)].curves, std::get<1>(key));
    if (!points) points.emplace();
    points->push_back({std::get<2>(key), summarize_suites(suites)});
  }
}

void add_epochs(Comparison& comparison, const std::vector<EpochRow>& rows, const Places& done) {
  const DrawnEpochs drawn = drawn_epochs(comparison);
  std::map<std::pair<std::size_t, int>, std::vector<double>> rates;
  std::map<std::pair<std::size_t, std::int64_t>, double> seconds;
  for (const auto& row : rows) {
    const auto run = done.find(row.run_id);
    if (run == done.end()) continue;
    seconds[{run->second, row.run_id}] += row.train_seconds;
    if (!drawn.has(row.epoch)) continue;
    auto& values = rates[{run->second, row.epoch}];
    if (std::isfinite(row.learning_rate)) values.push_back(row.learning_rate);
  }
  for (const auto& [key, values] : rates) {
    comparison.variants[key.first].rates.push_back({key.second, summarize(values)});
  }
  std::vector<std::vector<double>> by_variant(comparison.variants.size());
  for (const auto& [key, total] : seconds) {
    if (std::isfinite(total)) by_variant[key.first].push_back(total);
  }
  for (std::size_t i = 0; i < by_variant.size(); ++i) {
    comparison.variants[i].train_seconds = summarize(by_variant[i]);
  }
}

void add_values(Comparison& comparison, const StudyRecords& records, const Places& done) {
  std::unordered_map<std::int64_t, std::int64_t> seeds;
  for (const auto& run : records.runs) seeds[run.id] = run.seed;
  for (const MetricRow& row : selected_rows(records, primary_metric(comparison))) {
    const auto run = done.find(row.run_id);
    if (run == done.end() || row.split != comparison.primary.split || !is_value(row.value)) continue;
    comparison.variants[run->second].values.push_back({seeds.at(row.run_id), row.value});
  }
  for (auto& variant : comparison.variants) {
    std::sort(variant.values.begin(), variant.values.end(),
              [](const auto& a, const auto& b) { return a.seed < b.seed; });
  }
}

/// Seeds by the first run of theirs that was begun; runs that never were have none.
std::vector<std::int64_t> seed_order(const std::vector<RunRecord>& runs) {
  std::map<std::int64_t, std::string> begun;
  for (const RunRecord& run : runs) {
    const std::string& at = run.course.started_at;
    if (at.empty()) continue;
    std::string& first = begun.try_emplace(run.seed, at).first->second;
    first = std::min(first, at);
  }
  std::vector<std::int64_t> seeds;
  for (const auto& [seed, at] : begun) seeds.push_back(seed);
  std::stable_sort(seeds.begin(), seeds.end(), [&](auto a, auto b) { return begun.at(a) < begun.at(b); });
  return seeds;
}

void add_origin(Comparison& comparison, const StudyRecords& records) {
  std::set<std::string> versions, selectors, train;
  std::set<int> numbers;
  for (const auto& run : records.runs) {
    if (!run.origin.code_version.empty()) versions.insert(run.origin.code_version);
    if (run.origin.numbers > 0 && run.epochs_done > 0) numbers.insert(run.origin.numbers);
    if (!run.origin.selected_by.empty()) selectors.insert(run.origin.selected_by);
    if (!run.origin.train_evaluated.empty()) train.insert(run.origin.train_evaluated);
  }
  comparison.code_versions.assign(versions.begin(), versions.end());
  comparison.numbers_versions.assign(numbers.begin(), numbers.end());
  comparison.selected_by.assign(selectors.begin(), selectors.end());
  comparison.train_evaluated.assign(train.begin(), train.end());
  comparison.datasets = records.datasets;
  comparison.machines = records.machines;
}

/// Every finding once, however many runs it concerns.
void add_findings(Comparison& comparison, const StudyRecords& records) {
  std::map<std::pair<std::string, std::string>, AuditFinding> findings;
  std::map<std::pair<std::string, std::string>, std::set<std::int64_t>> runs;
  for (const auto& [run, leak] : records.leaks) {
    const std::pair key(leak.kind, leak.detail);
    AuditFinding& finding = findings[key];
    finding.kind = leak.kind;
    finding.detail = leak.detail;
    finding.count = std::max(finding.count, leak.count);
    runs[key].insert(run);
  }
  for (auto& [key, finding] : findings) {
    const auto& its_runs = runs[key];
    for (const VariantSummary& variant : comparison.variants) {
      const bool concerned =
          std::any_of(variant.runs.begin(), variant.runs.end(),
                      [&](const RunSummary& run) { return its_runs.contains(run.run_id); });
      if (concerned) finding.variants.push_back(variant.name);
    }
    comparison.leaks.push_back(std::move(finding));
  }
  std::stable_sort(comparison.leaks.begin(), comparison.leaks.end(),
                   [](const auto& a, const auto& b) { return severity_of(a.kind) < severity_of(b.kind); });
}

void add_audit(Comparison& comparison, const StudyRecords& records) {
  std::set<std::int64_t> audited, near, mixed;
  for (const AuditRecord& audit : records.audits) {
    audited.insert(audit.run_id);
    if (audit.comparison != "exact") near.insert(audit.run_id);
  }
  for (const auto& [run, found] : records.leaks) {
    if (found.kind == "trained_on_test" || found.kind == "duplicates_across") mixed.insert(run);
  }
  for (const RunRecord& run : records.runs) {
    if (run.origin.train_dataset_id == 0) continue;
    ++comparison.audit.begun;
    if (!audited.contains(run.id)) continue;
    ++comparison.audit.audited;
    if (near.contains(run.id)) ++comparison.audit.near;
    if (!mixed.contains(run.id)) ++comparison.audit.apart;
  }
}

/// What the study and the request say, before any run is looked at.
Comparison described(const StudyRecords& records, const ReportOptions& options) {
  Comparison comparison;
  comparison.study_id = records.study.id;
  comparison.study = records.study.name;
  comparison.question = records.study.question;
  comparison.stop_rules = records.study.stop_rules;
  comparison.paired = records.paired;
  comparison.metrics.own = own_metrics(records);
  comparison.primary = parse_primary(options.primary, comparison.metrics);
  comparison.confidence = options.confidence;
  comparison.left_out = records.left_out;
  comparison.left_out_factors = records.left_out_factors;
  comparison.factor_keys = factor_keys(records.variants);
  comparison.unchanged = unchanged_values(records.variants, comparison.factor_keys);
  comparison.factor_titles = options.factors;
  comparison.choices = records.choices;
  comparison.question_asked = options.contrast;
  comparison.until_settled = options.until_settled;
  comparison.is_pair = options.is_pair;
  comparison.looks = records.looks;
  comparison.looks_elsewhere = records.looks_elsewhere;
  comparison.seed_order = seed_order(records.runs);
  comparison.afterthoughts = options.afterthoughts;
  for (const auto& variant : records.variants) {
    comparison.variants.push_back(describe(variant, comparison.factor_keys));
    const auto planned = records.planned_epochs.find(variant.id);
    if (planned != records.planned_epochs.end()) comparison.variants.back().planned_epochs = planned->second;
  }
  comparison.names_say_factors = do_names_say_factors(comparison);
  if (!options.baseline.empty()) choose_baseline(comparison, options.baseline);
  return comparison;
}

}  // namespace

Comparison compare(const StudyRecords& records, const ReportOptions& options) {
  if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
    throw RequestError(fmt::format("a confidence of {} is not between 0 and 1", options.confidence),
                       "0.95 is usual");
  }
  Comparison comparison = described(records, options);
  const Places done = add_runs(comparison, records);
  add_selected(comparison, records.selected, done);
  add_curves(comparison, records.curves, done);
  add_own_summaries(comparison, records, done);
  add_epochs(comparison, records.epochs, done);
  add_values(comparison, records, done);
  add_run_curves(comparison, records);
  add_origin(comparison, records);
  add_inference(comparison);
  add_findings(comparison, records);
  add_audit(comparison, records);
  return comparison;
}

}  // namespace ablate
