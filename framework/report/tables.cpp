#include "report/tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "report/phrases.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_variants = 60, best_shown = 40, worst_shown = 10, most_runs = 50;

using Row = std::vector<Value>;

/// NULL, not 0, for what no value stands behind.
void add_summary(Row& row, const Summary& summary) {
  row.push_back(whole(summary.n));
  for (const double value : {summary.mean, summary.standard_deviation, summary.minimum, summary.maximum}) {
    row.push_back(summary.n ? number_or_null(value) : Value());
  }
}

constexpr std::initializer_list<const char*> difference_columns = {
    "_n",           "_mean",          "_sd",         "_low",
    "_high",        "_bca_low",       "_bca_high",   "_iqm",
    "_p",           "_p_error",       "_p_floor",    "_p_holm",
    "_p_bh",        "_p_t",           "_p_wilcoxon", "_dz",
    "_dz_hedges",   "_dz_detectable", "_detectable", "_probability_of_improvement",
    "_cliffs_delta"};

/// A single pair has no p: every exact test of it says 1.
void add_difference(Row& row, const std::optional<Difference>& difference) {
  if (!difference) {
    row.emplace_back(std::int64_t{0});
    row.resize(row.size() + difference_columns.size() - 1);
    return;
  }
  const PairedDifference& d = difference->paired;
  const auto if_told = [&](double p) { return difference->has_p() ? p : undefined; };
  row.push_back(whole(d.summary.n));
  for (const double value : {d.summary.mean,
                             d.summary.standard_deviation,
                             d.interval.low,
                             d.interval.high,
                             d.bootstrap.interval.low,
                             d.bootstrap.interval.high,
                             d.interquartile_mean,
                             if_told(d.permutation_p),
                             if_told(d.permutation_error),
                             d.smallest_permutation_p,
                             difference->holm_p,
                             difference->benjamini_hochberg_p,
                             d.t_p,
                             if_told(d.wilcoxon_p),
                             d.effect_size,
                             d.unbiased_effect_size,
                             d.detectable_effect_size,
                             d.detectable_difference,
                             difference->probability_of_improvement,
                             difference->cliffs_delta}) {
    row.push_back(number_or_null(value));
  }
}

void add_columns(Table& table, const std::string& prefix, std::initializer_list<const char*> names) {
  for (const char* name : names) table.columns.push_back({prefix + name});
}

std::string split_metric(SplitName split, const Metric& metric) {
  return fmt::format("{}.{}", to_string(split), metric.name);
}

const Metric& primary_metric(const Comparison& comparison) {
  return metric_table()[comparison.primary.metric];
}

/// Difference, p, corrected p and effect size: "+0.0123 (+0.0010 to +0.0234)" and the number of pairs where
/// it is not the number of values, "0.0313", "0.0625", "+1.24".
void add_compared(Row& row, const Comparison& comparison, const VariantSummary& variant, bool with_p) {
  if (!variant.difference) {
    row.insert(row.end(), with_p ? 4 : 1, std::string("–"));
    return;
  }
  const Difference& difference = *variant.difference;
  const PairedDifference& paired = difference.paired;
  const bool leaked = is_difference_leaked(comparison, variant);
  const auto add = [&](std::string text) {
    row.emplace_back(leaked && text != "–" ? text.append(dagger) : text);
  };
  const bool fewer = paired.summary.n != primary(comparison, variant).n;
  add(difference_text(difference) +
      (fewer ? fmt::format(" ({})", counted(paired.summary.n, "pair")) : std::string()));
  if (!with_p) return;
  add(p_text(difference.has_p() ? paired.permutation_p : undefined));
  add(p_text(difference.holm_p));
  add(std::isfinite(paired.unbiased_effect_size) ? signed_text(paired.unbiased_effect_size, 2) : "–");
}

std::vector<const VariantSummary*> all_variants(const Comparison& comparison) {
  std::vector<const VariantSummary*> all;
  for (const auto& variant : comparison.variants) all.push_back(&variant);
  return all;
}

}  // namespace

std::vector<SplitName> compared_splits(const Comparison& comparison) {
  std::vector<SplitName> splits = {comparison.primary.split};
  for (const SplitName split : {SplitName::test, SplitName::validation}) {
    const bool shown = std::find(splits.begin(), splits.end(), split) != splits.end();
    if (!shown && !ranked(comparison, split, comparison.primary.metric).empty()) splits.push_back(split);
  }
  return splits;
}

bool is_difference_leaked(const Comparison& comparison, const VariantSummary& variant) {
  const VariantSummary* base = baseline(comparison);
  return base && (variant.leaked || base->leaked) && comparison.primary.split == SplitName::test;
}

Table comparison_data(const Comparison& comparison) {
  Table table;
  table.columns = {{"variant"}, {"is_baseline"}};
  for (const auto& key : comparison.factor_keys) table.columns.push_back({key});
  add_columns(table, "", {"planned", "done"});
  const auto splits = compared_splits(comparison);
  for (const SplitName split : splits) {
    add_columns(table, split_metric(split, primary_metric(comparison)),
                {"_n", "_mean", "_sd", "_min", "_max"});
  }
  table.columns.push_back({comparison.primary.name + "_iqm"});
  add_columns(table, "difference", difference_columns);
  add_columns(table, "", {"parameters", "flops_per_sample"});
  add_columns(table, "train_seconds", {"_n", "_mean", "_sd", "_min", "_max"});
  table.columns.push_back({"leaked"});
  for (const auto& variant : comparison.variants) {
    Row row = {variant.name, std::int64_t{variant.is_baseline}};
    row.insert(row.end(), variant.factors.begin(), variant.factors.end());
    row.insert(row.end(), {whole(variant.counts.planned), whole(variant.counts.done)});
    for (const SplitName split : splits)
      add_summary(row, selected(variant, split, comparison.primary.metric));
    row.push_back(number_or_null(variant.interquartile_mean));
    add_difference(row, variant.difference);
    row.insert(row.end(), {variant.parameters, variant.flops_per_sample});
    add_summary(row, variant.train_seconds);
    row.emplace_back(std::int64_t{variant.leaked});
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table metrics_data(const Comparison& comparison) {
  Table table{{{"variant"}, {"split"}, {"metric"}, {"n"}, {"mean"}, {"sd"}, {"min"}, {"max"}, {"leaked"}},
              {}};
  const auto metrics = metric_table();
  for (const auto& variant : comparison.variants) {
    for (const SplitName split : {SplitName::train, SplitName::validation, SplitName::test}) {
      for (std::size_t m = 0; m < metrics.size(); ++m) {
        const Summary summary = selected(variant, split, m);
        if (summary.n == 0) continue;
        Row row = {variant.name, to_string(split), std::string(metrics[m].name)};
        add_summary(row, summary);
        row.emplace_back(std::int64_t{!mark(variant, split).empty()});
        table.rows.push_back(std::move(row));
      }
    }
  }
  return table;
}

Table runs_data(const Comparison& comparison) {
  Table table{{{"run"}, {"variant"}, {"seed"}, {"status"}, {"epochs"}, {"leaked"}, {"why"}}, {}};
  for (const auto& variant : comparison.variants) {
    for (const auto& cell : variant.cells) {
      table.rows.push_back({cell.run_id, variant.name, cell.seed, to_string(cell.status),
                            std::int64_t{cell.epochs_done}, std::int64_t{cell.leaked},
                            cell.error.empty() ? Value() : Value(cell.error)});
    }
  }
  return table;
}

std::vector<const VariantSummary*> shown_variants(const Comparison& comparison) {
  std::vector<const VariantSummary*> all = all_variants(comparison);
  if (all.size() <= most_variants) return all;
  const auto order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  std::set<const VariantSummary*> taken;
  if (const auto* base = baseline(comparison)) taken.insert(base);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i < best_shown || i + worst_shown >= order.size()) taken.insert(order[i]);
  }
  for (std::size_t i = 0; taken.size() < best_shown && i < all.size(); ++i) taken.insert(all[i]);
  std::erase_if(all, [&](const auto* variant) { return !taken.contains(variant); });
  return all;
}

Table comparison_table(const Comparison& comparison, Rows rows) {
  Table table;
  table.columns = {{"variant"}};
  for (const auto& key : comparison.factor_keys) table.columns.push_back({factor_name(comparison, key)});
  table.columns.push_back({"n", -1, Align::right});
  const auto splits = compared_splits(comparison);
  for (const SplitName split : splits) {
    table.columns.push_back({split_metric(split, primary_metric(comparison)), -1, Align::right});
  }
  const bool compared = baseline(comparison) != nullptr;
  const bool with_p = comparison.family > 0;
  if (compared) table.columns.push_back({"difference from the baseline", -1, Align::right});
  if (with_p) {
    for (const char* name : {"p", "Holm p", "effect size"}) table.columns.push_back({name, -1, Align::right});
  }
  for (const char* name : {"parameters", "FLOPs/sample", "training s"}) {
    table.columns.push_back({name, -1, Align::right});
  }
  for (const auto* variant : rows == Rows::all ? all_variants(comparison) : shown_variants(comparison)) {
    Row row = {variant->name + (variant->is_baseline ? " (baseline)" : "")};
    for (std::size_t f = 0; f < variant->factors.size(); ++f) {
      row.emplace_back(factor_label(comparison, comparison.factor_keys[f], variant->factors[f]));
    }
    row.push_back(whole(primary(comparison, *variant).n));
    for (const SplitName split : splits) {
      const Summary summary = selected(*variant, split, comparison.primary.metric);
      row.emplace_back(mean_text(summary).append(summary.n ? mark(*variant, split) : ""));
    }
    if (compared) add_compared(row, comparison, *variant, with_p);
    row.emplace_back(group_digits(variant->parameters));
    row.emplace_back(group_digits(variant->flops_per_sample));
    row.emplace_back(mean_text(variant->train_seconds, 1));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table metrics_table(const Comparison& comparison) {
  Table table{{{"variant"}, {"n", -1, Align::right}}, {}};
  const auto seven = seven_metrics();
  for (const std::size_t metric : seven) {
    table.columns.push_back({std::string(metric_table()[metric].name), -1, Align::right});
  }
  for (const auto* variant : shown_variants(comparison)) {
    Row row = {variant->name, whole(variant->counts.done)};
    for (const std::size_t metric : seven) {
      const Summary summary = selected(*variant, SplitName::test, metric);
      std::string text = mean_text(summary).append(summary.n ? mark(*variant, SplitName::test) : "");
      if (summary.n && summary.n != variant->counts.done) text += fmt::format(" (n = {})", summary.n);
      row.emplace_back(std::move(text));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table unfinished_table(const Comparison& comparison) {
  Table table{{{"run"}, {"variant"}, {"seed"}, {"status"}, {"epochs"}, {"why"}}, {}};
  for (const auto& variant : comparison.variants) {
    for (const auto& cell : variant.cells) {
      if (cell.status == RunStatus::done) continue;
      if (table.rows.size() == most_runs) return table;
      table.rows.push_back({cell.run_id, variant.name, cell.seed, to_string(cell.status),
                            std::int64_t{cell.epochs_done}, cell.error});
    }
  }
  return table;
}

}  // namespace ablate
