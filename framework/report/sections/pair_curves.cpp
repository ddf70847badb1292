#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "draw/plot_svg.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_settings = 12, most_columns = 3;

/// Both sides of one setting, and their differences, a curve a seed.
struct SettingCurves {
  std::string title;
  std::string from, to;  ///< variants
  std::vector<EpochCurve> from_runs, to_runs, differences;
};

std::string title_of(const Comparison& comparison, const AnsweredContrast& of, std::size_t s) {
  const std::string setting = setting_name(comparison, of, s);
  return setting.empty() ? of.name : setting;
}

SettingCurves curves_of(const Comparison& comparison, const AnsweredContrast& of, std::size_t s) {
  const VariantSummary &from = comparison.variants[of.from_variants[s]],
                       &to = comparison.variants[of.to_variants[s]];
  SettingCurves curves{title_of(comparison, of, s), from.name, to.name, {}, {}, {}};
  for (const RunSummary& a : from.runs) {
    for (const RunSummary& b : to.runs) {
      if (a.seed != b.seed || a.curve.empty() || b.curve.empty()) continue;
      curves.from_runs.push_back(a.curve);
      curves.to_runs.push_back(b.curve);
      curves.differences.push_back(difference_of(b.curve, a.curve));
    }
  }
  return curves;
}

/// Of every epoch the mean over the seeds that have a value, with Student's t interval.
std::vector<std::pair<int, Summary>> by_epoch(const std::vector<EpochCurve>& seeds) {
  std::map<int, std::vector<double>> values;
  for (const EpochCurve& seed : seeds) {
    for (const auto& [epoch, value] : seed) {
      if (std::isfinite(value)) values[epoch].push_back(value);
    }
  }
  std::vector<std::pair<int, Summary>> epochs;
  for (const auto& [epoch, of_seeds] : values) epochs.emplace_back(epoch, summarize(of_seeds));
  return epochs;
}

PlotLine line_of(const Comparison& comparison, const std::vector<EpochCurve>& seeds, std::size_t style) {
  PlotLine line{style, seeds.size() > 1, {}};
  for (const auto& [epoch, summary] : by_epoch(seeds)) {
    const Interval interval = t_interval(summary, comparison.confidence);
    const bool wide = summary.n > 1;
    line.points.push_back({static_cast<double>(epoch), summary.mean, wide ? interval.low : summary.mean,
                           wide ? interval.high : summary.mean});
  }
  return line;
}

void add_rows(Table& data, const Comparison& comparison, const AnsweredContrast& of,
              const SettingCurves& curves) {
  const std::pair<const char*, const std::vector<EpochCurve>*> kinds[] = {
      {"from", &curves.from_runs}, {"to", &curves.to_runs}, {"difference", &curves.differences}};
  for (const auto& [kind, seeds] : kinds) {
    for (const auto& [epoch, summary] : by_epoch(*seeds)) {
      const Interval interval = t_interval(summary, comparison.confidence);
      data.rows.push_back({of.name, curves.title, std::string(kind), std::int64_t{epoch}, whole(summary.n),
                           summary.mean, number_or_null(summary.n > 1 ? interval.low : undefined),
                           number_or_null(summary.n > 1 ? interval.high : undefined),
                           std::int64_t{!mark_of_all(comparison).empty()}});
    }
  }
}

/// Rows of settings, each with the row of their differences below.
void add_panels(Plot& plot, const Comparison& comparison, const std::vector<SettingCurves>& settings) {
  for (std::size_t first = 0; first < settings.size(); first += plot.columns) {
    std::vector<Panel> differences(plot.columns);
    for (std::size_t i = 0; i < plot.columns; ++i) {
      Panel& panel = plot.panels.emplace_back();
      if (first + i >= settings.size()) continue;
      const SettingCurves& setting = settings[first + i];
      panel.title = setting.title;
      panel.lines = {line_of(comparison, setting.from_runs, 0), line_of(comparison, setting.to_runs, 1)};
      differences[i] = {"difference", {line_of(comparison, setting.differences, 2)}, 1, true};
    }
    plot.panels.insert(plot.panels.end(), differences.begin(), differences.end());
  }
}

Evidence source_of(const Comparison& comparison) {
  return metric_source(
      comparison, {std::string(primary_metric(comparison).name)},
      {"epoch_metric", fmt::format(" AND m.split = '{}'", to_string(comparison.primary.split)), ", m.epoch"});
}

std::string caption_of(const Comparison& comparison, const AnsweredContrast& of, std::size_t drawn,
                       std::size_t all) {
  std::string text = fmt::format(
      "{} of {} and {} in each setting, and below it the difference, paired by seed: mean over the seeds and its {} "
      "Student t interval, epoch by epoch.",
      comparison.primary.name, of.from, of.to, confidence_text(comparison.confidence));
  if (drawn < all) text += fmt::format(" {} of {} settings are drawn; the data file has all.", drawn, all);
  return text;
}

Figure figure_of(const Comparison& comparison, const AnsweredContrast& of, std::size_t number) {
  Figure figure;
  figure.title = fmt::format("What is compared, over the epochs: {}", of.name);
  figure.plot.name = number == 0 ? "pair_curves" : fmt::format("pair_curves-{}", number + 1);
  figure.data = {
      {{"contrast"}, {"setting"}, {"kind"}, {"epoch"}, {"n"}, {"mean"}, {"low"}, {"high"}, {"leaked"}}, {}};
  std::vector<SettingCurves> settings;
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    SettingCurves curves = curves_of(comparison, of, s);
    if (by_epoch(curves.differences).empty()) continue;  // no seed has a value on both sides
    add_rows(figure.data, comparison, of, curves);
    settings.push_back(std::move(curves));
  }
  const std::size_t all = settings.size();
  settings.resize(std::min(all, most_settings));
  figure.plot.columns = std::clamp<std::size_t>(settings.size(), 1, most_columns);
  figure.plot.same_scale = true;
  double last = 0.0;
  for (const SettingCurves& one : settings) {
    for (const EpochCurve& curve : one.differences)
      last = std::max(last, curve.empty() ? 0.0 : static_cast<double>(curve.back().epoch));
  }
  figure.plot.settled_from = std::floor(last / 4.0) + 1.0;
  add_panels(figure.plot, comparison, settings);
  figure.plot.legend = {{0, of.from}, {1, of.to}, {2, fmt::format("{} minus {}", of.to, of.from)}};
  figure.caption = caption_of(comparison, of, settings.size(), all);
  if (figure.plot.settled_from > 1.0)
    figure.caption += fmt::format(" The axes span the values from epoch {} on.", figure.plot.settled_from);
  figure.source = source_of(comparison);
  if (settings.empty()) figure.plot.panels.clear();
  return figure;
}

}  // namespace

Section pair_curves_section(const Comparison& comparison) {
  constexpr std::size_t most_contrasts = 6;
  Section section{"pair-curves", "Curves of what is compared"};
  if (comparison.answer) {
    const auto& contrasts = comparison.answer->contrasts;
    for (std::size_t i = 0; i < std::min(contrasts.size(), most_contrasts); ++i) {
      Figure figure = figure_of(comparison, contrasts[i], i);
      if (figure.plot.panels.empty()) continue;
      Drawing drawing{figure.plot.name, {}, contrasts.size() > 1 ? contrasts[i].name : std::string()};
      drawing.picture = plot_svg(figure.plot, figure.caption);
      drawing.caption = figure.caption;
      drawing.evidence = figure.source;
      section.drawings.push_back(std::move(drawing));
      section.figures.push_back(std::move(figure));
    }
  }
  section.is_shown = !section.drawings.empty();
  return section;
}

}  // namespace ablate
