#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/inference_notes.hpp"
#include "report/phrases.hpp"
#include "report/sections/comparison_papers.hpp"
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
    "_n",           "_mean",     "_sd",     "_low",   "_high",      "_p",
    "_p_step_down", "_p_floor",  "_judged", "_t_low", "_t_high",    "_t_p",
    "_bca_low",     "_bca_high", "_iqm",    "_dz",    "_dz_hedges", "_probability_of_improvement",
    "_cliffs_delta"};

/// Bootstrap intervals of fewer pairs cover too seldom: 0.83 of cases at 5, 0.90 at 10, where 0.95 is said.
constexpr std::size_t fewest_for_bootstrap = 25;

/// The family's interval and p first, what a single row would say after it.
void add_difference(Row& row, const std::optional<Difference>& difference) {
  if (!difference) {
    row.emplace_back(std::int64_t{0});
    row.resize(row.size() + difference_columns.size() - 1);
    return;
  }
  const PairedDifference& d = difference->paired;
  const Member& member = difference->member;
  const bool wide = difference->has_interval(), resampled = d.summary.n >= fewest_for_bootstrap;
  const auto add = [&](std::initializer_list<double> numbers) {
    for (const double number : numbers) row.push_back(number_or_null(number));
  };
  row.push_back(whole(d.summary.n));
  add({d.summary.mean, d.summary.standard_deviation, wide ? member.interval.low : undefined,
       wide ? member.interval.high : undefined, member.p, member.step_down_p, member.smallest_p});
  row.emplace_back(judged_text(member.judged));
  add({d.interval.low, d.interval.high, d.t_p, resampled ? d.bootstrap.interval.low : undefined,
       resampled ? d.bootstrap.interval.high : undefined, d.interquartile_mean, d.effect_size,
       d.unbiased_effect_size, difference->probability_of_improvement, difference->cliffs_delta});
}

std::string split_metric(SplitName split, const ReportMetric& metric) {
  return fmt::format("{}.{}", to_string(split), metric.name);
}

/// Difference and p: "+0.0123 (+0.0010 to +0.0234)" and the number of pairs where it is not the number of
/// values, "0.0313".
void add_compared(Row& row, const Comparison& comparison, const VariantSummary& variant) {
  if (!variant.difference) {
    row.insert(row.end(), comparison.family > 0 ? 2 : 1, std::string("–"));
    return;
  }
  const Difference& difference = *variant.difference;
  const bool leaked = is_difference_leaked(comparison, variant);
  const auto add = [&](std::string text) {
    row.emplace_back(leaked && text != "–" ? text.append(dagger) : text);
  };
  const bool fewer = difference.member.summary.n != primary(comparison, variant).n;
  add(difference_text(difference.member) +
      (fewer ? fmt::format(" ({})", counted(difference.member.summary.n, "pair")) : std::string()));
  if (comparison.family > 0) add(p_text(difference.member.p));
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

/// Beside so many factors their columns leave no room for what they do, and are behind it.
constexpr std::size_t most_leading_factors = 5;

/// What the page calls a variant beside its factors: its number in the plan where its name only repeats them.
std::string row_name(const Comparison& comparison, const VariantSummary& variant) {
  const auto place = static_cast<std::size_t>(&variant - comparison.variants.data()) + 1;
  return (comparison.names_say_factors ? std::to_string(place) : variant.name) +
         (variant.is_baseline ? " (baseline)" : "");
}

/// Three digits or so: "0.035 ± 0.003", "95 ± 7".
std::string seconds_text(const Summary& seconds) {
  const double mean = seconds.n > 0 ? seconds.mean : 0.0;
  return mean_text(seconds, mean < 1.0 ? 3 : mean < 10.0 ? 2 : mean < 100.0 ? 1 : 0);
}

void add_factor_columns(Table& table, const Comparison& comparison) {
  for (const auto& key : comparison.factor_keys) table.columns.push_back({factor_name(comparison, key)});
}

void add_factors(Row& row, const Comparison& comparison, const VariantSummary& variant) {
  for (std::size_t f = 0; f < variant.factors.size(); ++f)
    row.emplace_back(factor_label(comparison, comparison.factor_keys[f], variant.factors[f]));
}

/// What a variant is, does and costs, in this order; the other splits last.
Table comparison_page(const Comparison& comparison, const std::vector<const VariantSummary*>& variants) {
  Table table{{{"variant"}}, {}};
  const bool leading = comparison.factor_keys.size() <= most_leading_factors;
  const bool compared = baseline(comparison) && comparison.paired, sizes = has_sizes(comparison);
  const auto splits = compared_splits(comparison);
  const auto number = [&](const std::string& name) { table.columns.push_back({name, -1, Align::right}); };
  if (leading) add_factor_columns(table, comparison);
  number("n");
  number(comparison.primary.name);
  if (compared) number("difference from the baseline");
  if (comparison.family > 0) number("p");
  if (sizes) number("parameters"), number("FLOPs/sample");
  number("training s");
  for (std::size_t i = 1; i < splits.size(); ++i) number(split_metric(splits[i], primary_metric(comparison)));
  if (!leading) add_factor_columns(table, comparison);
  for (const auto* variant : variants) {
    Row row = {row_name(comparison, *variant)};
    const auto add_mean = [&](SplitName split) {
      const Summary summary = selected(*variant, split, comparison.primary.metric);
      row.emplace_back(mean_text(summary).append(summary.n ? mark(*variant, split) : ""));
    };
    if (leading) add_factors(row, comparison, *variant);
    row.push_back(whole(primary(comparison, *variant).n));
    add_mean(comparison.primary.split);
    if (compared) add_compared(row, comparison, *variant);
    if (sizes) row.emplace_back(group_digits(variant->parameters));
    if (sizes) row.emplace_back(group_digits(variant->flops_per_sample));
    row.emplace_back(seconds_text(variant->train_seconds));
    for (std::size_t i = 1; i < splits.size(); ++i) add_mean(splits[i]);
    if (!leading) add_factors(row, comparison, *variant);
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

Notes comparison_notes(const Comparison& comparison) {
  Notes notes;
  const auto& rules = comparison.selected_by;
  const bool last = rules == std::vector<std::string>{"last epoch"};
  notes.push_back(fmt::format("Mean ± standard deviation over the n seeds that finished{}.",
                              rules.empty() ? std::string()
                              : last        ? ", at the last epoch"
                                     : fmt::format(", at the epoch selected by {}", fmt::join(rules, ", "))));
  if (!comparison.train_evaluated.empty()) {
    notes.push_back(
        fmt::format("The training set was evaluated: {}.", fmt::join(comparison.train_evaluated, "; ")));
  }
  if (comparison.left_out > 0) {
    notes.push_back(
        fmt::format("Chosen for this report: {} of the study's {} variants. Every p is corrected over these "
                    "alone, and factors are theirs.",
                    comparison.variants.size(), comparison.variants.size() + comparison.left_out));
  }
  const Notes inference = inference_notes(comparison);
  notes.insert(notes.end(), inference.begin(), inference.end());
  if (!comparison.stop_rules.empty()) notes.push_back(stopped_text(comparison));
  if (any_leaked(comparison)) {
    notes.push_back("† Leaked: see the leak audit. Not evidence of how a network performs on new images.");
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

}  // namespace

Section comparison_section(const Comparison& comparison) {
  std::vector<const VariantSummary*> all;
  for (const auto& variant : comparison.variants) all.push_back(&variant);
  Section section{"comparison", "All variants"};
  section.is_shown = !all.empty();
  PageTable table{"comparison", "All variants against the baseline", comparison_page(comparison, all)};
  table.excerpt = comparison_page(comparison, shown_variants(comparison));
  table.filter = true;
  section.tables.push_back(std::move(table));
  section.excerpt_note = shown_text(comparison);
  section.notes = comparison_notes(comparison);
  section.links = {{"In full: ", "tables/comparison.csv", "; for a paper: "},
                   {"", "tables/comparison.tex", ",\n"},
                   {"", "tables/tables.tex", " (all)."}};
  section.evidence = comparison_source(comparison);
  section.files.push_back({"comparison", comparison_data(comparison)});
  section.papers = comparison_papers(comparison, section.notes);
  return section;
}

}  // namespace ablate
