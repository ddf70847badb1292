#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/inference_notes.hpp"
#include "report/paper_cells.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/shown.hpp"
#include "report/sources.hpp"
#include "report/summary_columns.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Notes = std::vector<std::string>;
using Row = std::vector<Value>;

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

std::string split_metric(SplitName split, const Metric& metric) {
  return fmt::format("{}.{}", to_string(split), metric.name);
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

Table data_of(const Comparison& comparison) {
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

Table page_of(const Comparison& comparison, const std::vector<const VariantSummary*>& variants) {
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
  for (const auto* variant : variants) {
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

/// Which variants a stop rule cut, and what that means for the table.
std::string stopped_text(const Comparison& comparison) {
  std::vector<std::string> cut;
  for (const VariantSummary& variant : comparison.variants) {
    if (variant.counts.stopped == 0) continue;
    int epochs = 0;
    for (const RunSummary& run : variant.runs) epochs = std::max(epochs, run.epochs_done);
    cut.push_back(fmt::format("{} after epoch {}", variant.name, epochs));
  }
  if (cut.empty()) return "A stop rule (successive halving) was set; it has stopped no variant.";
  return fmt::format(
      "Stopped early by successive halving, on validation, over all seeds together: {}. They were cut "
      "because they did worse, so a difference or a p for them would mean nothing, and none is given.",
      fmt::join(cut, "; "));
}

Notes notes_of(const Comparison& comparison) {
  Notes notes;
  notes.push_back(fmt::format(
      "Mean ± standard deviation over the n seeds that finished, at the epoch selected by {}.",
      comparison.selected_by.empty() ? "nothing yet"
                                     : fmt::format("{}", fmt::join(comparison.selected_by, ", "))));
  if (!comparison.train_evaluated.empty()) {
    notes.push_back(
        fmt::format("The training set was evaluated: {}.", fmt::join(comparison.train_evaluated, "; ")));
  }
  if (comparison.left_out > 0) {
    notes.push_back(
        fmt::format("Chosen for this report: {} of the study's {} variants. Every p is corrected over these "
                    "alone, and factors and ranks are theirs.",
                    comparison.variants.size(), comparison.variants.size() + comparison.left_out));
  }
  const Notes inference = inference_notes(comparison);
  notes.insert(notes.end(), inference.begin(), inference.end());
  if (!comparison.stop_rules.empty()) notes.push_back(stopped_text(comparison));
  if (any_leaked(comparison)) {
    notes.push_back("† Leaked: see the leak audit. Not evidence of how a network does on new images.");
  }
  if (comparison.numbers_versions.size() > 1) {
    notes.push_back(
        fmt::format("The runs were computed by numbers versions {}: differences between them are partly "
                    "those of arithmetic.",
                    fmt::join(comparison.numbers_versions, " and ")));
  }
  if (comparison.machines.size() > 1)
    notes.push_back("The runs come from several machines: their seconds do not compare.");
  return notes;
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
  row.push_back(interval_cell(difference.paired, leaked));
  if (pairs) row.push_back(number_cell(difference.paired.summary.n));
  if (!with_p) return;
  row.push_back(p_cell(difference.has_p() ? difference.paired.permutation_p : undefined, leaked));
  row.push_back(p_cell(difference.holm_p, leaked));
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
  PaperTable table{"comparison", "Comparison of the variants", {{"variant"}}, {},
                   {},           comparison_source(comparison)};
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
    std::vector<PaperCell> row = {{paper_name(*variant)}};
    for (std::size_t f = 0; factors && f < variant->factors.size(); ++f)
      row.push_back({factor_label(comparison, comparison.factor_keys[f], variant->factors[f])});
    row.push_back(number_cell(primary(comparison, *variant).n));
    for (const SplitName split : splits)
      row.push_back(
          mean_cell(selected(*variant, split, comparison.primary.metric), !mark(*variant, split).empty()));
    if (compared) add_compared(row, comparison, *variant);
    table.rows.push_back(std::move(row));
  }
  table.notes = notes_of(comparison);
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
                   comparison_source(comparison)};
  for (const VariantSummary* variant : shown_variants(comparison)) {
    table.rows.push_back({{paper_name(*variant)},
                          number_cell(static_cast<double>(variant->parameters)),
                          number_cell(static_cast<double>(variant->flops_per_sample)),
                          mean_cell(variant->train_seconds)});
  }
  return table;
}

}  // namespace

Section comparison_section(const Comparison& comparison) {
  std::vector<const VariantSummary*> all;
  for (const auto& variant : comparison.variants) all.push_back(&variant);
  Section section{"comparison", "All variants"};
  section.is_shown = !all.empty();
  PageTable table{"comparison", "Comparison of the variants", page_of(comparison, all)};
  table.excerpt = page_of(comparison, shown_variants(comparison));
  table.filter = true;
  section.tables.push_back(std::move(table));
  section.excerpt_note = shown_text(comparison);
  section.notes = notes_of(comparison);
  section.links = {{"In full: ", "tables/comparison.csv", "; for a paper: "},
                   {"", "tables/comparison.tex", ",\n"},
                   {"", "tables/tables.tex", " (all)."}};
  section.evidence = comparison_source(comparison);
  section.files.push_back({"comparison", data_of(comparison)});
  section.papers = {comparison_paper(comparison), costs_paper(comparison)};
  return section;
}

}  // namespace ablate
