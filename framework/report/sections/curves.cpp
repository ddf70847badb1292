#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/drawn_epochs.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/shown.hpp"
#include "report/sources.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_metric_figures = 6, bands_readable = 3;

/// The drawn epochs of columns of epoch_metric.
Evidence curve_source(const Comparison& comparison, const std::vector<std::string>& metrics,
                      const std::string& condition = {}) {
  return metric_source(comparison, metrics,
                       {"epoch_metric", condition + drawn_epochs(comparison).sql(), ", m.epoch"});
}

Evidence seven_source(const Comparison& comparison) {
  return curve_source(comparison, seven_metric_names(), " AND m.split IN ('train', 'test')");
}

/// What a caption says where not every epoch is drawn.
std::string drawn_text(const Comparison& comparison) {
  const DrawnEpochs drawn = drawn_epochs(comparison);
  if (drawn.all()) return {};
  return fmt::format(" One epoch in {} is drawn; `ablate query` has all {}.", drawn.step, drawn.last);
}

PlotPoint point(int epoch, const Summary& summary) {
  return {static_cast<double>(epoch), summary.mean, summary.minimum, summary.maximum};
}

PlotLine curve_line(const std::vector<CurvePoint>& points, std::size_t metric, std::size_t style, bool band) {
  PlotLine line{style, band, {}};
  for (const auto& [epoch, metrics] : points) {
    if (metrics[metric].n > 0) line.points.push_back(point(epoch, metrics[metric]));
  }
  return line;
}

std::string panel_title(std::string_view title, Better better) {
  return fmt::format("{}{}", title, better == Better::down ? " (lower is better)" : "");
}

void add_row(Table& data, const VariantSummary& variant, SplitName split, const std::string& metric,
             int epoch, const Summary& summary) {
  data.rows.push_back({variant.name, to_string(split), metric, std::int64_t{epoch},
                       static_cast<std::int64_t>(summary.n), summary.mean,
                       number_or_null(summary.n > 1 ? summary.standard_deviation : undefined),
                       summary.minimum, summary.maximum, std::int64_t{!mark(variant, split).empty()}});
}

void add_curve(Table& data, const Comparison& comparison, const VariantSummary& variant, SplitName split,
               std::size_t metric) {
  const std::string name = comparison.metrics.at(metric).name;
  for (const auto& [epoch, metrics] : curve(variant, split)) {
    if (metrics[metric].n > 0) add_row(data, variant, split, name, epoch, metrics[metric]);
  }
}

Table curve_columns() {
  return {
      {{"variant"}, {"split"}, {"metric"}, {"epoch"}, {"n"}, {"mean"}, {"sd"}, {"min"}, {"max"}, {"leaked"}},
      {}};
}

bool has_lines(const Panel& panel) {
  return std::any_of(panel.lines.begin(), panel.lines.end(),
                     [](const auto& line) { return !line.points.empty(); });
}

/// Gnuplot refuses to plot nothing: lines without points go, and panels without lines.
void drop_empty(Plot& plot) {
  for (auto& panel : plot.panels)
    std::erase_if(panel.lines, [](const auto& line) { return line.points.empty(); });
  std::erase_if(plot.panels, [](const auto& panel) { return !has_lines(panel); });
}

std::string curve_seeds(const VariantSummary& variant) {
  return variant.counts.done == 1 ? "of one seed"
                                  : fmt::format("mean over {}; the band spans the lowest to the highest seed",
                                                counted(variant.counts.done, "seed"));
}

Figure metrics_figure(const Comparison& comparison, const VariantSummary& variant) {
  Figure figure;
  const auto place = static_cast<std::size_t>(&variant - comparison.variants.data()) + 1;
  figure.title = "Metrics over the epochs: " + short_name(comparison, variant);
  figure.plot.name = fmt::format("metrics-{}-{}", place, slug(variant.name));
  figure.plot.columns = 4;
  figure.plot.legend_in_grid = true;
  const bool train = !curve(variant, SplitName::train).empty();
  if (train) figure.plot.legend.push_back({2, "train"});
  figure.plot.legend.push_back({1, fmt::format("test{}", mark(variant, SplitName::test))});
  figure.data = curve_columns();
  for (const std::size_t metric : seven_metrics()) {
    const ReportMetric described = comparison.metrics.at(metric);
    Panel panel{panel_title(described.title, described.better), {}};
    panel.lines.push_back(curve_line(curve(variant, SplitName::train), metric, 2, true));
    panel.lines.push_back(curve_line(curve(variant, SplitName::test), metric, 1, true));
    figure.plot.panels.push_back(std::move(panel));
    for (const SplitName split : {SplitName::train, SplitName::test})
      add_curve(figure.data, comparison, variant, split, metric);
  }
  drop_empty(figure.plot);
  figure.caption = fmt::format("{}, {}: {}.", short_name(comparison, variant),
                               train ? "train against test" : "test", curve_seeds(variant));
  figure.caption += drawn_text(comparison);
  if (variant.leaked) figure.caption += " † The test images leaked into these runs.";
  figure.source = seven_source(comparison);
  return figure;
}

/// The variants that get seven panels of their own.
std::vector<const VariantSummary*> detailed_variants(const Comparison& comparison) {
  std::vector<const VariantSummary*> chosen;
  const bool all = comparison.variants.size() <= most_metric_figures;
  const VariantSummary* best = best_by_validation(comparison);
  const auto order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  if (!best && !order.empty()) best = order.front();
  for (const auto& variant : comparison.variants) {
    if (variant.counts.done > 0 && (all || variant.is_baseline || &variant == best))
      chosen.push_back(&variant);
  }
  return chosen;
}

std::string curves_caption(const Comparison& comparison, std::size_t drawn, bool bands) {
  std::size_t least = comparison.counts.planned, most = 0;
  for (const auto& variant : comparison.variants) {
    if (variant.counts.done == 0) continue;
    least = std::min(least, variant.counts.done);
    most = std::max(most, variant.counts.done);
  }
  std::string text = fmt::format("{} over the epochs, mean over {}{}.", primary_metric(comparison).title,
                                 least == most ? "" : fmt::format("{} to ", least), counted(most, "seed"));
  if (bands && most > 1) text += " The band spans the lowest to the highest seed.";
  const auto finished = std::count_if(comparison.variants.begin(), comparison.variants.end(),
                                      [](const auto& variant) { return variant.counts.done > 0; });
  if (drawn < static_cast<std::size_t>(finished)) {
    text += fmt::format(
        " Of {} variants, {} are drawn: the baseline, the best and the worst by validation; the data file "
        "has all.",
        finished, drawn);
  }
  if (std::any_of(comparison.variants.begin(), comparison.variants.end(),
                  [](const auto& v) { return v.leaked; })) {
    text += " † The test images leaked into these runs.";
  }
  return text;
}

/// After a quarter of the epochs: what a network does before would press all later differences into a line.
double settled_epoch(const Plot& plot) {
  double last = 0.0;
  for (const auto& panel : plot.panels) {
    for (const auto& line : panel.lines) last = std::max(last, line.points.back().x);
  }
  return std::floor(last / 4.0) + 1.0;
}

Figure curves_figure(const Comparison& comparison) {
  Figure figure;
  auto drawn = drawn_variants(comparison);
  std::stable_partition(drawn.begin(), drawn.end(), [](const auto* variant) { return variant->is_baseline; });
  const bool bands = drawn.size() <= bands_readable;
  const std::size_t metric = comparison.primary.metric;
  figure.title = fmt::format("{} of the variants", comparison.metrics.at(metric).title);
  figure.plot.name = "curves";
  figure.data = curve_columns();
  std::vector<SplitName> splits = {SplitName::validation, SplitName::test};
  if (comparison.primary.split == SplitName::train) splits.insert(splits.begin(), SplitName::train);
  for (const SplitName split : splits) {
    Panel panel{panel_title(to_string(split), comparison.metrics.at(metric).better), {}};
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      panel.lines.push_back(curve_line(curve(*drawn[i], split), metric, i, bands));
    }
    figure.plot.panels.push_back(std::move(panel));
    for (const auto& variant : comparison.variants)
      add_curve(figure.data, comparison, variant, split, metric);
  }
  drop_empty(figure.plot);
  figure.plot.same_scale = true;
  figure.plot.settled_from = settled_epoch(figure.plot);
  figure.plot.columns = std::max<std::size_t>(1, figure.plot.panels.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    figure.plot.legend.push_back(
        {i, fmt::format("{}{}{}", short_name(comparison, *drawn[i]),
                        drawn[i]->is_baseline ? " (baseline)" : "", drawn[i]->leaked ? dagger : "")});
  }
  figure.caption = curves_caption(comparison, drawn.size(), bands) + drawn_text(comparison);
  if (figure.plot.settled_from > 1.0) {
    figure.caption += fmt::format(" The axis spans the values from epoch {} on.", figure.plot.settled_from);
  }
  figure.source = primary_source(comparison, {"epoch_metric", drawn_epochs(comparison).sql(), ", m.epoch"});
  return figure;
}

Drawing drawn_curves(const Comparison& comparison) {
  Drawing drawing{"curves"};
  drawing.controls = {{"metric", "Metric"},
                      {"split", "Split"},
                      {"scale", "Scale", {{"linear", "linear"}, {"log", "log"}}},
                      {"settled", "axis fits the later epochs", {}, true},
                      {"bands", "bands", {}, true, true}};
  drawing.caption = fmt::format(
      "Mean over the seeds that finished; the band is the mean's {} Student t interval, and is absent for one "
      "seed.{} ",
      confidence_text(comparison.confidence), drawn_text(comparison));
  drawing.slot = "curves-note";
  drawing.legend = true;
  drawing.numbers = "Numbers of the curves";
  drawing.evidence = curve_source(comparison, metric_names());
  return drawing;
}

}  // namespace

Section curves_section(const Comparison& comparison) {
  Section section{"curves", "Curves"};
  section.is_shown = comparison.counts.done > 0;
  if (!section.is_shown) return section;
  section.drawings.push_back(drawn_curves(comparison));
  for (const auto* variant : detailed_variants(comparison))
    section.figures.push_back(metrics_figure(comparison, *variant));
  section.figures.push_back(curves_figure(comparison));
  std::erase_if(section.figures, [](const Figure& figure) { return figure.plot.panels.empty(); });
  return section;
}

}  // namespace ablate
