#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "draw/plot_svg.hpp"
#include "report/answer_words.hpp"
#include "report/half_width.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_settings = 12, most_columns = 3;

/// A curve over the epochs: mean over the seeds that have a value, and Student's t interval.
struct MeanCurve {
  struct Point {
    int epoch = 0;
    Summary summary;
    double half_width = undefined;
  };
  std::size_t seeds = 0;
  std::vector<Point> points = {};

  MeanCurve() = default;
  MeanCurve(const std::vector<EpochCurve>& of_seeds, HalfWidth& half_width) : seeds(of_seeds.size()) {
    std::map<int, std::vector<double>> values;
    for (const EpochCurve& seed : of_seeds) {
      for (const auto& [epoch, value] : seed) {
        if (std::isfinite(value)) values[epoch].push_back(value);
      }
    }
    for (const auto& [epoch, all] : values) {
      const Summary summary = summarize(all);
      points.push_back({epoch, summary, half_width(summary)});
    }
  }
};

/// Both sides of one setting, and their difference paired by seed.
struct SettingCurves {
  std::string title;
  MeanCurve from, to, difference;
};

std::string title_of(const Comparison& comparison, const AnsweredContrast& of, std::size_t s) {
  const std::string setting = setting_name(comparison, of, s);
  return setting.empty() ? of.name : setting;
}

SettingCurves curves_of(const Comparison& comparison, const AnsweredContrast& of, std::size_t s,
                        HalfWidth& half_width) {
  const VariantSummary &from = comparison.variants[of.from_variants[s]],
                       &to = comparison.variants[of.to_variants[s]];
  std::vector<EpochCurve> from_runs, to_runs, differences;
  for (const RunSummary& a : from.runs) {
    for (const RunSummary& b : to.runs) {
      if (a.seed != b.seed || a.curve.empty() || b.curve.empty()) continue;
      from_runs.push_back(a.curve);
      to_runs.push_back(b.curve);
      differences.push_back(difference_of(b.curve, a.curve));
    }
  }
  return {
      title_of(comparison, of, s), {from_runs, half_width}, {to_runs, half_width}, {differences, half_width}};
}

PlotLine pair_curves_line(const MeanCurve& curve, std::size_t style) {
  PlotLine line{style, curve.seeds > 1, {}};
  for (const auto& [epoch, summary, half_width] : curve.points) {
    const double half = summary.n > 1 ? half_width : 0.0;
    line.points.push_back(
        {static_cast<double>(epoch), summary.mean, summary.mean - half, summary.mean + half});
  }
  return line;
}

void add_epoch_rows(Table& data, const Comparison& comparison, const AnsweredContrast& of,
                    const SettingCurves& curves) {
  const std::pair<const char*, const MeanCurve*> kinds[] = {
      {"from", &curves.from}, {"to", &curves.to}, {"difference", &curves.difference}};
  for (const auto& [kind, curve] : kinds) {
    for (const auto& [epoch, summary, half_width] : curve->points) {
      data.rows.push_back({of.name, curves.title, std::string(kind), std::int64_t{epoch}, whole(summary.n),
                           summary.mean, number_or_null(summary.mean - half_width),
                           number_or_null(summary.mean + half_width),
                           std::int64_t{!mark(comparison, of).empty()}});
    }
  }
}

/// Rows of settings, each with the row of their differences below.
void add_panels(Plot& plot, const std::vector<SettingCurves>& settings) {
  for (std::size_t first = 0; first < settings.size(); first += plot.columns) {
    std::vector<Panel> differences(plot.columns);
    for (std::size_t i = 0; i < plot.columns; ++i) {
      Panel& panel = plot.panels.emplace_back();
      if (first + i >= settings.size()) continue;
      const SettingCurves& setting = settings[first + i];
      panel.title = setting.title;
      panel.lines = {pair_curves_line(setting.from, 0), pair_curves_line(setting.to, 1)};
      differences[i] = {"difference", {pair_curves_line(setting.difference, 2)}, 1, true};
    }
    plot.panels.insert(plot.panels.end(), differences.begin(), differences.end());
  }
}

Evidence pair_curves_source(const Comparison& comparison) {
  return metric_source(
      comparison, {std::string(primary_metric(comparison).name)},
      {"epoch_metric", fmt::format(" AND m.split = '{}'", to_string(comparison.primary.split)), ", m.epoch"});
}

std::string pair_curves_caption(const Comparison& comparison, const AnsweredContrast& of, std::size_t drawn,
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
  HalfWidth half_width(comparison.confidence);
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    SettingCurves curves = curves_of(comparison, of, s, half_width);
    if (curves.difference.points.empty()) continue;  // no seed has a value on both sides
    add_epoch_rows(figure.data, comparison, of, curves);
    settings.push_back(std::move(curves));
  }
  const std::size_t all = settings.size();
  settings.resize(std::min(all, most_settings));
  figure.plot.columns = std::clamp<std::size_t>(settings.size(), 1, most_columns);
  figure.plot.same_scale = true;
  double last = 0.0;
  for (const SettingCurves& one : settings)
    last = std::max(last, static_cast<double>(one.difference.points.back().epoch));
  figure.plot.settled_from = std::floor(last / 4.0) + 1.0;
  add_panels(figure.plot, settings);
  figure.plot.legend = {{0, of.from}, {1, of.to}, {2, fmt::format("{} minus {}", of.to, of.from)}};
  figure.caption = pair_curves_caption(comparison, of, settings.size(), all);
  if (figure.plot.settled_from > 1.0)
    figure.caption += fmt::format(" The axes span the values from epoch {} on.", figure.plot.settled_from);
  figure.source = pair_curves_source(comparison);
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
