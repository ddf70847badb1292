#include "draw/plot_svg.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "draw/plot_axes.hpp"
#include "draw/plot_style.hpp"
#include "draw/svg_parts.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr double width = 1240, left = 58, right = 14, top = 24, bottom = 36, widest_panel = 420,
                 farthest = 100;
constexpr double legend_row = 26, legend_sample = 38, letter = 7.2;

struct PanelBox {
  double x0, y0, x1, y1;
};

/// Values to places within a panel's box.
struct PanelScale {
  PanelBox box;
  PlotAxis across, up;

  double x(double value) const {
    return box.x0 + (box.x1 - box.x0) * (within_axes(value) - across.low) / (across.high - across.low);
  }
  /// Of what lies outside: beyond the box, no farther than an SVG needs to cut it off.
  double y(double value) const {
    const double height = box.y1 - box.y0;
    return std::clamp(box.y1 - height * (within_axes(value) - up.low) / (up.high - up.low),
                      box.y0 - farthest * height, box.y1 + farthest * height);
  }
};

std::string tic_text(double value, double step) {
  const std::string number = digits_text(std::abs(value), tic_decimals(step));
  const bool zero = number.find_first_not_of("0.") == std::string::npos;
  return (value < 0 && !zero ? "−" : "") + number;
}

std::string axes(const PanelScale& scale, const Plot& plot, bool has_x_label) {
  std::string svg;
  const auto& [low, high, step] = scale.up;
  for (int i = 0; i <= static_cast<int>(std::lround((high - low) / step)); ++i) {
    const double value = low + step * i, y = scale.y(value);
    svg += svg_line("grid", scale.box.x0, y, scale.box.x1, y);
    svg += svg_text("axis", scale.box.x0 - 6, y + 4, "end", tic_text(value, step));
  }
  const PlotAxis& across = scale.across;
  for (double value = across.step * std::ceil(across.low / across.step - 1e-9);
       value <= across.high * (1 + 1e-9); value += across.step)
    svg += svg_text("axis", scale.x(value), scale.box.y1 + 15, "middle", tic_text(value, across.step));
  if (has_x_label)
    svg += svg_text("axis", 0.5 * (scale.box.x0 + scale.box.x1), scale.box.y1 + 31, "middle", plot.x_label);
  return svg;
}

/// What lies within a box, and the half of a line along its edge: an inner SVG shows nothing else.
std::string cut(const PanelBox& box, const std::string& drawn) {
  constexpr double edge = 2;
  const double x = box.x0 - edge, y = box.y0 - edge;
  return fmt::format(
      "<svg x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2:.1f}\" height=\"{3:.1f}\" viewBox=\"{0:.1f} {1:.1f} {2:.1f} "
      "{3:.1f}\">\n{4}</svg>\n",
      x, y, box.x1 - box.x0 + 2 * edge, box.y1 - box.y0 + 2 * edge, drawn);
}

std::string curves(const PanelScale& scale, const Panel& panel) {
  std::string bands, lines;
  for (const PlotLine& drawn : panel.lines) {
    const std::size_t style = drawn.style % plot_styles;
    std::string there, back, way;
    for (const PlotPoint& point : drawn.points) {
      const double x = scale.x(point.x);
      way += fmt::format("{:.1f},{:.1f} ", x, scale.y(point.y));
      if (!drawn.band || !std::isfinite(point.low) || !std::isfinite(point.high)) continue;
      there += fmt::format("{:.1f},{:.1f} ", x, scale.y(point.high));
      back = fmt::format("{:.1f},{:.1f} ", x, scale.y(point.low)) + back;
    }
    if (!there.empty())
      bands += fmt::format("<polygon class=\"band{}\" points=\"{}\"/>\n", style, there + back);
    lines += drawn.points.size() == 1
                 ? svg_circle(fmt::format("point style{}", style), scale.x(drawn.points.front().x),
                              scale.y(drawn.points.front().y), 3.5) +
                       "\n"
                 : fmt::format("<polyline class=\"style{}\" points=\"{}\"/>\n", style, way);
  }
  return cut(scale.box, bands + lines);
}

std::string panel_svg(const Plot& plot, const Panel& panel, const PanelBox& box, bool has_x_label) {
  const PanelScale scale{{box.x0 + left, box.y0 + top, box.x1 - right, box.y1 - bottom},
                         x_axis_of(plot),
                         y_axis_of(plot, panel)};
  std::string svg = svg_text("heading", box.x0 + left, box.y0 + top - 8, "start", panel.title);
  svg += axes(scale, plot, has_x_label);
  if (panel.zero) svg += svg_line("zero", scale.box.x0, scale.y(0.0), scale.box.x1, scale.y(0.0));
  return svg + curves(scale, panel);
}

/// Entries side by side, in as many rows as the width asks for.
struct Legend {
  std::string svg;
  double height = legend_row;

  Legend(const Plot& plot, double full) {
    double x = left;
    for (const LegendEntry& entry : plot.legend) {
      const double room = legend_sample + letter * static_cast<double>(display_width(entry.label));
      if (x > left && x + room > full) x = left, height += legend_row;
      const double y = height - legend_row + 12;
      svg += fmt::format("<polyline class=\"style{0}\" points=\"{1:.1f},{2:.1f} {3:.1f},{2:.1f}\"/>\n",
                         entry.style % plot_styles, x, y, x + 30);
      svg += svg_text("label", x + legend_sample, y + 4, "start", entry.label);
      x += room + 24;
    }
  }
};

}  // namespace

std::string plot_svg(const Plot& plot, const std::string& label) {
  const double panel_width = std::min(widest_panel, width / static_cast<double>(plot.columns));
  const double panel_height = plot.columns > 2 ? 190 : 240;
  const std::size_t rows = (plot.panels.size() + plot.columns - 1) / plot.columns;
  const double full = panel_width * static_cast<double>(plot.columns);
  const Legend legend(plot, full);
  std::string svg = fmt::format(
      "<svg class=\"multiples{3}\" width=\"{0:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" aria-label=\"{2}\">\n",
      full, legend.height + panel_height * static_cast<double>(rows), escape_html(label),
      plot.columns == 1 ? " single" : "");
  svg += legend.svg;
  for (std::size_t i = 0; i < plot.panels.size(); ++i) {
    if (plot.panels[i].lines.empty()) continue;
    const double x = panel_width * static_cast<double>(i % plot.columns),
                 y = legend.height + panel_height * static_cast<double>(i / plot.columns);
    svg += panel_svg(plot, plot.panels[i], {x, y, x + panel_width, y + panel_height},
                     i / plot.columns + 1 == rows);
  }
  return svg + "</svg>";
}

}  // namespace ablate
