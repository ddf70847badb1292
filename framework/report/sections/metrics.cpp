#include <algorithm>

#include <fmt/format.h>

#include "report/paper_cells.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/shown.hpp"
#include "report/sources.hpp"
#include "report/summary_columns.hpp"

namespace ablate {
namespace {

Evidence seven_metrics_source(const Comparison& comparison) {
  return metric_source(comparison, seven_metric_names(), {"run_metric", " AND m.split = 'test'"});
}

/// Of the seven those that have a value, and the study's own.
std::vector<std::size_t> told_metrics(const Comparison& comparison) {
  const auto has_value = [&](std::size_t metric) {
    return std::any_of(
        comparison.variants.begin(), comparison.variants.end(),
        [&](const VariantSummary& variant) { return selected(variant, SplitName::test, metric).n > 0; });
  };
  std::vector<std::size_t> told = seven_metrics();
  for (std::size_t own = metric_table().size(); own < comparison.metrics.size(); ++own) told.push_back(own);
  if (!comparison.metrics.own.empty())
    std::erase_if(told, [&](std::size_t metric) { return !has_value(metric); });
  return told;
}

Table metric_data(const Comparison& comparison) {
  Table table{{{"variant"}, {"split"}, {"metric"}, {"n"}, {"mean"}, {"sd"}, {"min"}, {"max"}, {"leaked"}},
              {}};
  for (const auto& variant : comparison.variants) {
    for (const SplitName split : {SplitName::train, SplitName::validation, SplitName::test}) {
      for (std::size_t m = 0; m < comparison.metrics.size(); ++m) {
        const Summary summary = selected(variant, split, m);
        if (summary.n == 0) continue;
        std::vector<Value> row = {variant.name, to_string(split), comparison.metrics.at(m).name};
        add_summary(row, summary);
        row.emplace_back(std::int64_t{!mark(variant, split).empty()});
        table.rows.push_back(std::move(row));
      }
    }
  }
  return table;
}

Table metric_page(const Comparison& comparison) {
  Table table{{{"variant"}, {"n", -1, Align::right}}, {}};
  const auto seven = told_metrics(comparison);
  for (const std::size_t metric : seven) {
    table.columns.push_back({comparison.metrics.at(metric).name, -1, Align::right});
  }
  for (const auto* variant : shown_variants(comparison)) {
    std::vector<Value> row = {short_name(comparison, *variant), whole(variant->counts.done)};
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

PaperTable metric_paper(const Comparison& comparison) {
  PaperTable table{"metrics", "Metrics on the test images",    {{"variant"}, {"n", PaperKind::number, 0}}, {},
                   {},        seven_metrics_source(comparison)};
  const auto seven = told_metrics(comparison);
  for (const std::size_t metric : seven)
    table.columns.push_back({comparison.metrics.at(metric).name, PaperKind::mean});
  for (const VariantSummary* variant : shown_variants(comparison)) {
    std::vector<PaperCell> row = {{paper_name(*variant)}, number_cell(variant->counts.done)};
    for (const std::size_t metric : seven) {
      row.push_back(
          mean_cell(selected(*variant, SplitName::test, metric), !mark(*variant, SplitName::test).empty()));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      "Means over classes are plain (macro). Mean ± standard deviation over the seeds that finished."};
  return table;
}

}  // namespace

Section metrics_section(const Comparison& comparison) {
  Section section{"metrics", "Metrics on the test images"};
  section.is_shown = comparison.counts.done > 0;
  section.paragraphs = {
      "Means over classes are plain (macro). Mean ± standard deviation over the n seeds that finished."};
  section.tables.push_back({"metrics", "Metrics of the variants", metric_page(comparison)});
  if (any_leaked(comparison)) {
    section.remarks.push_back(
        "† Leaked: see the leak audit. Not evidence of how a network performs on new images.");
  }
  section.links = {{"Every split and metric: ", "tables/metrics.csv", "."}};
  section.evidence = seven_metrics_source(comparison);
  section.files.push_back({"metrics", metric_data(comparison)});
  if (!comparison.variants.empty()) section.papers.push_back(metric_paper(comparison));
  return section;
}

}  // namespace ablate
