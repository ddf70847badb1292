#include "draw/forest_svg.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "draw/fitted_labels.hpp"
#include "draw/plot_style.hpp"
#include "draw/svg_parts.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr double label_letter = 7.4, top = 6, bottom = 44, note_letter = 7.0, per_tic = 90;
constexpr std::size_t longest_label = 60, few_rows = 8;

/// How the space is shared out: labels, the plot, notes.
struct Layout {
  double left = 24, right = 0.0, row = 24;

  /// The more rows, the lower each. A narrow picture has no notes.
  Layout(const Forest& forest, double width) : right(width - 20) {
    if (forest.has_dots()) row = forest.rows.size() > few_rows ? 26 : 34;
    std::size_t longest = 8, note = 0;
    for (const ForestRow& one : forest.rows) {
      longest = std::max(longest, std::min(display_width(one.label), longest_label));
      note = std::max(note, display_width(one.note));
    }
    left += label_letter * static_cast<double>(longest);
    if (note > 0 && width > narrow_forest) right = width - 16 - note_letter * static_cast<double>(note);
  }
};

bool has_interval(const ForestRow& row) { return std::isfinite(row.low) && std::isfinite(row.high); }

/// From tic to tic around all that is drawn.
struct Scale {
  Layout at;
  double low = 0.0, high = 0.0, step = 1.0;

  Scale(const Forest& forest, double width) : at(forest, width) {
    const auto span = forest.span();
    step = tic_step(span.high - span.low, std::max(2.0, (at.right - at.left) / per_tic));
    low = step * std::floor(span.low / step), high = step * std::ceil(span.high / step);
  }

  double x(double value) const {
    return at.left + (at.right - at.left) * (within_axes(value) - low) / (high - low);
  }
};

std::string axis(const Scale& scale, const Forest& forest, double floor) {
  std::string svg;
  const auto count = static_cast<int>(std::lround((scale.high - scale.low) / scale.step));
  const int decimals = tic_decimals(scale.step);
  for (int i = 0; i <= count; ++i) {
    const double value = scale.low + scale.step * i;
    svg += svg_line("grid", scale.x(value), top, scale.x(value), floor);
    svg += svg_text("axis", scale.x(value), floor + 16, "middle", signed_text(value, decimals));
  }
  return svg + svg_line("zero", scale.x(0.0), top, scale.x(0.0), floor) +
         svg_text("axis", 0.5 * (scale.at.left + scale.at.right), floor + 38, "middle", forest.x_label);
}

/// A thin line with ends that show also where a thicker one covers it.
std::string whiskers(double low, double high, double y) {
  return svg_line("outer", low, y, high, y) + svg_line("outer", low, y - 5, low, y + 5) +
         svg_line("outer", high, y - 5, high, y + 5);
}

std::string mark(const Scale& scale, const Forest& forest, const ForestRow& row, double y) {
  const bool clear = has_interval(row) && (row.low > 0.0 || row.high < 0.0);
  const auto number = [&](double value) { return signed_text(value, row.decimals); };
  std::string svg = "<g>";
  std::string told = fmt::format("{}: {}", row.label, number(row.mean));
  if (has_interval(row)) {
    told += fmt::format(" ({})", number(row.low) + " to " + number(row.high));
    svg += svg_line(clear ? "interval clear" : "interval", scale.x(row.low), y, scale.x(row.high), y);
  }
  if (has_outer(row)) {
    told += fmt::format("; {}: {} to {}", forest.outer_name, number(row.outer_low), number(row.outer_high));
    svg += whiskers(scale.x(row.outer_low), scale.x(row.outer_high), y);
  }
  for (const double value : row.dots) svg += svg_circle("dot", scale.x(value), y + 9, 2.5);
  return svg + svg_circle(clear ? "clear" : "", scale.x(row.mean), y, 5) +
         fmt::format("<title>{}</title></g>\n", escape_html(told));
}

}  // namespace

std::string forest_svg(const Forest& forest, double width) {
  const Scale scale(forest, width);
  const double floor = top + scale.at.row * static_cast<double>(forest.rows.size());
  std::string svg = fmt::format(
      "<svg class=\"forest\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{} of {} rows; the table below "
      "has the "
      "numbers\">\n",
      width, floor + bottom, escape_html(forest.x_label), forest.rows.size());
  svg += axis(scale, forest, floor);
  std::vector<std::string> labels;
  for (const ForestRow& row : forest.rows) labels.push_back(printable_line(row.label));
  const auto fitted = fitted_labels(labels, longest_label);
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    const ForestRow& row = forest.rows[i];
    const double y = top + scale.at.row * (static_cast<double>(i) + (row.dots.empty() ? 0.5 : 0.38));
    const std::string& label = fitted[i];
    if (row.heading) {
      svg += svg_text("heading", 4, y + 4, "start", label);
    } else {
      svg += svg_text("label", scale.at.left - 14, y + 4, "end", label) + mark(scale, forest, row, y);
      if (!row.note.empty() && width > narrow_forest)
        svg += svg_text("label", scale.at.right + 12, y + 4, "start", row.note);
    }
  }
  return svg + "</svg>";
}

}  // namespace ablate
