#include <algorithm>

#include <fmt/format.h>

#include "report/difference_rows.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/shown.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

/// The differences of the variants that pages show; nothing where there is none.
std::optional<Figure> effects_figure(const Comparison& comparison) {
  Figure figure;
  figure.title = "Difference from the baseline";
  figure.plot.name = "effects";
  figure.data = {{{"variant"}, {"n"}, {"mean"}, {"low"}, {"high"}, {"leaked"}}, {}};
  Forest forest{"effects", fmt::format("difference in {}", comparison.primary.name), {}};
  for (const auto& variant : comparison.variants) {
    if (has_difference(variant))
      figure.data.rows.push_back(difference_cells(comparison, variant, {variant.name}));
  }
  for (const auto* variant : shown_variants(comparison)) {
    if (has_difference(*variant)) forest.rows.push_back(difference_row(comparison, *variant));
  }
  const double sign = primary_metric(comparison).better == Better::up ? 1.0 : -1.0;
  std::stable_sort(forest.rows.begin(), forest.rows.end(),
                   [&](const ForestRow& a, const ForestRow& b) { return sign * a.mean > sign * b.mean; });
  if (forest.rows.empty()) return std::nullopt;
  figure.caption = fmt::format(
      "{} minus that of the baseline ({}), paired by seed, the best first: mean and its {} interval, simultaneous "
      "over all variants; thick and filled where it excludes 0.",
      comparison.primary.name, short_name(comparison, *baseline(comparison)),
      confidence_text(comparison.confidence));
  if (forest.rows.size() < figure.data.rows.size()) {
    figure.caption += fmt::format(" Of {} variants, {} are drawn; the data file has all.",
                                  figure.data.rows.size(), forest.rows.size());
  }
  figure.forest = std::move(forest);
  figure.source = comparison_source(comparison);
  return figure;
}

}  // namespace

Section effects_section(const Comparison& comparison) {
  Section section{"effects", "Difference from the baseline"};
  for (const auto& variant : comparison.variants) {
    if (!variant.difference || !section.drawings.empty()) continue;
    Drawing drawing{"effects"};
    drawing.caption = fmt::format(
        "{} minus that of the baseline ({}), paired by seed: mean and its {} interval, simultaneous over all "
        "variants. An interval that spans 0 is paler; one pair has none. The table above has the numbers.",
        comparison.primary.name, short_name(comparison, *baseline(comparison)),
        confidence_text(comparison.confidence));
    drawing.evidence = comparison_source(comparison);
    section.drawings.push_back(std::move(drawing));
  }
  section.is_shown = !section.drawings.empty();
  if (auto figure = effects_figure(comparison)) section.figures.push_back(std::move(*figure));
  return section;
}

}  // namespace ablate
