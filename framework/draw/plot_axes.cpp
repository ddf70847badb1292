#include "draw/plot_axes.hpp"

#include <algorithm>
#include <cmath>

#include "draw/plot_style.hpp"

namespace ablate {
namespace {

struct ValueSpan {
  double low = HUGE_VAL, high = -HUGE_VAL;
  void add(double value) {
    low = std::min(low, within_axes(value));
    high = std::max(high, within_axes(value));
  }
  /// Of a panel where nothing is drawn: 0 to 1.
  void never_empty() {
    if (low > high) low = 0.0, high = 1.0;
  }
};

void add_values(ValueSpan& span, const Plot& plot, const Panel& panel) {
  for (const auto& line : panel.lines) {
    for (const auto& point : line.points) {
      if (point.x < plot.settled_from && point.x < line.points.back().x) continue;
      span.add(line.band ? point.low : point.y);
      span.add(line.band ? point.high : point.y);
    }
  }
}

}  // namespace

PlotAxis x_axis_of(const Plot& plot) {
  ValueSpan span;
  for (const auto& panel : plot.panels) {
    for (const auto& line : panel.lines) {
      for (const auto& point : line.points) span.add(point.x);
    }
  }
  span.never_empty();
  if (!(span.low < span.high)) span.low -= 0.5, span.high += 0.5;
  const double step = tic_step(span.high - span.low, 6);
  return {span.low, span.high, plot.whole_x ? std::max(1.0, step) : step};
}

PlotAxis y_axis_of(const Plot& plot, const Panel& shown) {
  ValueSpan span;
  for (const auto& panel : plot.panels) {
    const bool counts = &panel == &shown || (plot.same_scale && panel.scale == shown.scale);
    if (counts) add_values(span, plot, panel);
  }
  if (shown.zero) span.add(0.0);
  span.never_empty();
  const double least = std::max(1e-9, 1e-6 * std::abs(span.high));
  if (span.high - span.low < least) span.low -= 0.5 * least, span.high += 0.5 * least;
  const double step = tic_step(span.high - span.low, 6);
  return {step * std::floor(span.low / step), step * std::ceil(span.high / step), step};
}

}  // namespace ablate
