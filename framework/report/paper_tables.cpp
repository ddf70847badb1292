#include "report/paper_tables.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/inference_tables.hpp"
#include "report/notes.hpp"
#include "report/phrases.hpp"
#include "report/tables.hpp"

namespace ablate {
namespace {

PaperCell number(double value) { return {"", {value}}; }
PaperCell number(std::size_t value) { return number(static_cast<double>(value)); }

PaperCell mean(const Summary& summary, bool leaked = false) {
  if (summary.n == 0) return {};
  return {"", {summary.mean, summary.n > 1 ? summary.standard_deviation : undefined}, leaked};
}

PaperCell interval(const PairedDifference& paired, bool leaked) {
  const bool wide = paired.summary.n > 1;
  return {
      "",
      {paired.summary.mean, wide ? paired.interval.low : undefined, wide ? paired.interval.high : undefined},
      leaked};
}

/// "< 0.0001" for what four digits cannot tell from 0.
PaperCell p_value(double p, bool leaked) {
  if (!std::isfinite(p)) return {};
  return p < 1e-4 ? PaperCell{"< 0.0001", {}, leaked} : PaperCell{"", {p}, leaked};
}

std::string name_of(const VariantSummary& variant) {
  return variant.name + (variant.is_baseline ? " (baseline)" : "");
}

std::string interval_head(const Comparison& comparison, const char* what) {
  return fmt::format("{} ({} interval)", what, confidence_text(comparison.confidence));
}

bool has_fewer_pairs(const Comparison& comparison) {
  return std::any_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& variant) {
    return variant.difference && variant.difference->paired.summary.n != primary(comparison, variant).n;
  });
}

void add_compared(std::vector<PaperCell>& row, const Comparison& comparison, const VariantSummary& variant) {
  const bool pairs = has_fewer_pairs(comparison), with_p = comparison.family > 0;
  if (!variant.difference) {
    row.resize(row.size() + 1 + pairs + (with_p ? 3 : 0));
    return;
  }
  const Difference& difference = *variant.difference;
  const bool leaked = is_difference_leaked(comparison, variant);
  row.push_back(interval(difference.paired, leaked));
  if (pairs) row.push_back(number(difference.paired.summary.n));
  if (!with_p) return;
  row.push_back(p_value(difference.has_p() ? difference.paired.permutation_p : undefined, leaked));
  row.push_back(p_value(difference.holm_p, leaked));
  const double size = difference.paired.unbiased_effect_size;
  row.push_back({"", {size}, leaked && std::isfinite(size)});
}

/// Every variant is called after its factors, as grids name them: "skip=none,hidden=64".
bool names_say_factors(const Comparison& comparison) {
  const auto says = [&](const VariantSummary& variant, std::size_t f) {
    return variant.name.find('=' + factor_label(comparison, comparison.factor_keys[f], variant.factors[f])) !=
           std::string::npos;
  };
  return std::all_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& variant) {
    for (std::size_t f = 0; f < variant.factors.size(); ++f) {
      if (!says(variant, f)) return false;
    }
    return true;
  });
}

PaperTable comparison_paper(const Comparison& comparison) {
  PaperTable table{"comparison", "Comparison of the variants", {{"variant"}}, {}, {}, comparison.comparison};
  const bool factors = !names_say_factors(comparison);
  for (std::size_t f = 0; factors && f < comparison.factor_keys.size(); ++f)
    table.columns.push_back({factor_name(comparison, comparison.factor_keys[f])});
  table.columns.push_back({"n", PaperKind::number, 0});
  const auto splits = compared_splits(comparison);
  const std::string metric(metric_table()[comparison.primary.metric].name);
  for (const SplitName split : splits)
    table.columns.push_back({fmt::format("{}.{}", to_string(split), metric), PaperKind::mean});
  const bool compared = baseline(comparison) != nullptr;
  if (compared) {
    table.columns.push_back({interval_head(comparison, "difference"), PaperKind::interval, 4, true});
    if (has_fewer_pairs(comparison)) table.columns.push_back({"pairs", PaperKind::number, 0});
    if (comparison.family > 0) {
      table.columns.push_back({"p", PaperKind::number});
      table.columns.push_back({"Holm p", PaperKind::number});
      table.columns.push_back({"effect size", PaperKind::number, 2, true});
    }
  }
  for (const VariantSummary* variant : shown_variants(comparison)) {
    std::vector<PaperCell> row = {{name_of(*variant)}};
    for (std::size_t f = 0; factors && f < variant->factors.size(); ++f)
      row.push_back({factor_label(comparison, comparison.factor_keys[f], variant->factors[f])});
    row.push_back(number(primary(comparison, *variant).n));
    for (const SplitName split : splits)
      row.push_back(
          mean(selected(*variant, split, comparison.primary.metric), !mark(*variant, split).empty()));
    if (compared) add_compared(row, comparison, *variant);
    table.rows.push_back(std::move(row));
  }
  table.notes = comparison_notes(comparison);
  if (const std::string shown = shown_text(comparison); !shown.empty())
    table.notes.insert(table.notes.begin(), shown);
  return table;
}

PaperTable costs_paper(const Comparison& comparison) {
  PaperTable table{"costs",
                   "Costs of the variants",
                   {{"variant"},
                    {"parameters", PaperKind::number, 0},
                    {"FLOPs/sample", PaperKind::number, 0},
                    {"training s", PaperKind::mean, 1}},
                   {},
                   {},
                   comparison.comparison};
  for (const VariantSummary* variant : shown_variants(comparison)) {
    table.rows.push_back({{name_of(*variant)},
                          number(static_cast<double>(variant->parameters)),
                          number(static_cast<double>(variant->flops_per_sample)),
                          mean(variant->train_seconds)});
  }
  return table;
}

PaperTable metrics_paper(const Comparison& comparison) {
  PaperTable table{
      "metrics",         "Metrics on the test images", {{"variant"}, {"n", PaperKind::number, 0}}, {}, {},
      comparison.metrics};
  const auto seven = seven_metrics();
  for (const std::size_t metric : seven)
    table.columns.push_back({std::string(metric_table()[metric].name), PaperKind::mean});
  for (const VariantSummary* variant : shown_variants(comparison)) {
    std::vector<PaperCell> row = {{name_of(*variant)}, number(variant->counts.done)};
    for (const std::size_t metric : seven) {
      row.push_back(
          mean(selected(*variant, SplitName::test, metric), !mark(*variant, SplitName::test).empty()));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      "Means over classes are plain (macro). Mean ± standard deviation over the seeds that finished."};
  return table;
}

PaperTable factors_paper(const Comparison& comparison) {
  PaperTable table{"factors",
                   "Effects of the factors",
                   {{"factor"},
                    {"change"},
                    {"settings", PaperKind::number, 0},
                    {"n", PaperKind::number, 0},
                    {interval_head(comparison, "effect"), PaperKind::interval, 4, true}},
                   {},
                   factor_notes(comparison),
                   comparison.factor_analysis->source};
  const bool leaked = !mark_of_all(comparison).empty();
  for (const FactorialEffect* effect : shown_effects(comparison)) {
    const EffectName name = effect_name(comparison, *effect);
    table.rows.push_back({{name.factor},
                          {name.change},
                          number(effect->settings),
                          number(effect->difference.summary.n),
                          interval(effect->difference, leaked)});
  }
  return table;
}

PaperTable variance_paper(const Comparison& comparison) {
  PaperTable table{"variance",
                   "Shares of variance",
                   {{"source of variance"},
                    {"degrees of freedom", PaperKind::number, 0},
                    {"share in %", PaperKind::number, 1}},
                   {},
                   {},
                   comparison.factor_analysis->source};
  const Table names = variance_table(comparison), numbers = variance_data(comparison);
  const bool leaked = !mark_of_all(comparison).empty();
  for (std::size_t i = 0; i < names.rows.size(); ++i) {
    const auto* share = std::get_if<double>(&numbers.rows[i][3]);
    table.rows.push_back({{std::get<std::string>(names.rows[i][0])},
                          number(static_cast<double>(std::get<std::int64_t>(numbers.rows[i][1]))),
                          {"", {share ? 100.0 * *share : undefined}, leaked && share}});
  }
  return table;
}

PaperTable ranks_paper(const Comparison& comparison) {
  PaperTable table{"ranks", "Mean ranks",           {{"variant"}, {"mean rank", PaperKind::number, 2}},
                   {},      rank_notes(comparison), comparison.ranks->source};
  const bool leaked = !mark_of_all(comparison).empty();
  for (const std::size_t i : shown_ranks(comparison)) {
    table.rows.push_back({{name_of(comparison.variants[comparison.ranks->variants[i]])},
                          {"", {comparison.ranks->test.mean_ranks[i]}, leaked}});
  }
  return table;
}

}  // namespace

std::vector<PaperTable> paper_tables(const Comparison& comparison) {
  if (comparison.variants.empty()) return {};
  std::vector<PaperTable> tables = {comparison_paper(comparison), costs_paper(comparison),
                                    metrics_paper(comparison)};
  if (comparison.factor_analysis) {
    tables.push_back(factors_paper(comparison));
    tables.push_back(variance_paper(comparison));
  }
  if (comparison.ranks) tables.push_back(ranks_paper(comparison));
  std::erase_if(tables, [](const PaperTable& table) { return table.rows.empty(); });
  return tables;
}

}  // namespace ablate
