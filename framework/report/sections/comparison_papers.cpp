#include "report/sections/comparison_papers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/paper_cells.hpp"
#include "report/phrases.hpp"
#include "report/shown.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

using PaperRow = std::vector<PaperCell>;

bool has_fewer_pairs(const Comparison& comparison) {
  return std::any_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& variant) {
    return variant.difference && variant.difference->member.summary.n != primary(comparison, variant).n;
  });
}

/// The digits that the most exact of the shown variants needs.
template <class Decimals>
int most_decimals(const Comparison& comparison, const Decimals& decimals) {
  int most = 2;
  for (const VariantSummary* variant : shown_variants(comparison)) most = std::max(most, decimals(*variant));
  return std::min(most, 6);
}

int mean_decimals(const Comparison& comparison, SplitName split) {
  return most_decimals(comparison, [&](const VariantSummary& variant) {
    return decimals_for(selected(variant, split, comparison.primary.metric));
  });
}

int difference_decimals(const Comparison& comparison) {
  return most_decimals(comparison, [](const VariantSummary& variant) {
    return variant.difference ? decimals_of(variant.difference->member) : 0;
  });
}

/// What a row is called: its levels, or its name.
void add_names(PaperRow& row, const Comparison& comparison, const VariantSummary& variant, bool bold) {
  if (!comparison.names_say_factors) row.push_back({paper_name(variant)});
  for (std::size_t f = 0; f < variant.factors.size(); ++f)
    row.push_back({factor_label(comparison, comparison.factor_keys[f], variant.factors[f])});
  if (comparison.names_say_factors && variant.is_baseline) row.front().text += " (baseline)";
  row.front().bold = bold;
}

void add_name_columns(PaperTable& table, const Comparison& comparison) {
  if (!comparison.names_say_factors) table.columns.push_back({"variant"});
  for (const std::string& key : comparison.factor_keys)
    table.columns.push_back({factor_name(comparison, key)});
}

void add_compared_cells(PaperRow& row, const Comparison& comparison, const VariantSummary& variant) {
  const bool pairs = has_fewer_pairs(comparison), with_p = comparison.family > 0;
  if (!variant.difference) {
    row.resize(row.size() + 1 + pairs + with_p);
    return;
  }
  const Difference& difference = *variant.difference;
  const bool leaked = is_difference_leaked(comparison, variant);
  row.push_back(interval_cell(difference.member, leaked));
  if (pairs) row.push_back(number_cell(difference.member.summary.n));
  if (with_p) row.push_back(p_cell(difference.member.p, leaked));
}

PaperTable comparison_paper(const Comparison& comparison, std::vector<std::string> notes) {
  PaperTable table{"comparison", "All variants", {}, {}, std::move(notes), comparison_source(comparison)};
  add_name_columns(table, comparison);
  table.columns.push_back({"n", PaperKind::number, 0});
  const auto splits = compared_splits(comparison);
  const std::string metric(primary_metric(comparison).name);
  for (const SplitName split : splits)
    table.columns.push_back(
        {fmt::format("{}.{}", to_string(split), metric), PaperKind::mean, mean_decimals(comparison, split)});
  const bool compared = baseline(comparison) != nullptr;
  if (compared) {
    table.columns.push_back({interval_head(comparison, "difference"), PaperKind::interval,
                             difference_decimals(comparison), true});
    if (has_fewer_pairs(comparison)) table.columns.push_back({"pairs", PaperKind::number, 0});
    if (comparison.family > 0) table.columns.push_back({"p", PaperKind::number});
  }
  const VariantSummary* chosen = best_by_validation(comparison);
  for (const VariantSummary* variant : shown_variants(comparison)) {
    PaperRow row;
    add_names(row, comparison, *variant, variant == chosen);
    row.push_back(number_cell(primary(comparison, *variant).n));
    for (const SplitName split : splits)
      row.push_back(
          mean_cell(selected(*variant, split, comparison.primary.metric), !mark(*variant, split).empty()));
    if (compared) add_compared_cells(row, comparison, *variant);
    table.rows.push_back(std::move(row));
  }
  if (chosen) table.notes.insert(table.notes.begin(), "In bold: the variant that validation chooses.");
  if (const std::string shown = shown_text(comparison); !shown.empty())
    table.notes.insert(table.notes.begin(), shown);
  return table;
}

PaperTable costs_paper(const Comparison& comparison) {
  PaperTable table{"costs", "Costs of the variants", {}, {}, {}, comparison_source(comparison)};
  add_name_columns(table, comparison);
  const bool sizes = has_sizes(comparison);
  if (sizes)
    table.columns.insert(table.columns.end(),
                         {{"parameters", PaperKind::number, 0}, {"FLOPs/sample", PaperKind::number, 0}});
  table.columns.push_back({"training s", PaperKind::mean, 1});
  for (const VariantSummary* variant : shown_variants(comparison)) {
    PaperRow row;
    add_names(row, comparison, *variant, false);
    if (sizes)
      row.insert(row.end(), {number_cell(static_cast<double>(variant->parameters)),
                             number_cell(static_cast<double>(variant->flops_per_sample))});
    row.push_back(mean_cell(variant->train_seconds));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<PaperTable> comparison_papers(const Comparison& comparison, std::vector<std::string> notes) {
  return {comparison_paper(comparison, std::move(notes)), costs_paper(comparison)};
}

}  // namespace ablate
