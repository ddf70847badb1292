#include "draw/forest_svg.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "draw/plot_style.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr double width = 900, left = 380, right = 880, row_height = 24, top = 8, bottom = 48;
constexpr std::size_t longest_label = 52;

bool has_interval(const ForestRow& row) { return std::isfinite(row.low) && std::isfinite(row.high); }

/// From tic to tic around the intervals and 0.
struct Scale {
  double low = 0.0, high = 0.0, step = 1.0;

  explicit Scale(const Forest& forest) {
    for (const ForestRow& row : forest.rows) {
      if (row.heading) continue;
      low = std::min({low, row.mean, has_interval(row) ? row.low : row.mean});
      high = std::max({high, row.mean, has_interval(row) ? row.high : row.mean});
    }
    if (high - low < 1e-9) low = -0.5e-9, high = 0.5e-9;
    step = tic_step(high - low, 6);
    low = step * std::floor(low / step), high = step * std::ceil(high / step);
  }

  double x(double value) const { return left + (right - left) * (value - low) / (high - low); }
};

std::string line(const char* kind, double x1, double y1, double x2, double y2) {
  return fmt::format("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", kind,
                     x1, y1, x2, y2);
}

std::string text(const char* kind, double x, double y, const char* anchor, const std::string& words) {
  return fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", kind, x,
                     y, anchor, escape_html(words));
}

std::string axis(const Scale& scale, const Forest& forest, double floor) {
  std::string svg;
  const auto count = static_cast<int>(std::lround((scale.high - scale.low) / scale.step));
  const int decimals = std::max(0, -decade_of(scale.step * (1.0 + 1e-9)));
  for (int i = 0; i <= count; ++i) {
    const double value = scale.low + scale.step * i;
    svg += line("grid", scale.x(value), top, scale.x(value), floor);
    svg += text("axis", scale.x(value), floor + 16, "middle", signed_text(value, decimals));
  }
  return svg + line("zero", scale.x(0.0), top, scale.x(0.0), floor) +
         text("axis", 0.5 * (left + right), floor + 38, "middle", forest.x_label);
}

std::string mark(const Scale& scale, const ForestRow& row, double y) {
  const bool clear = has_interval(row) && (row.low > 0.0 || row.high < 0.0);
  std::string svg = "<g>";
  std::string told = fmt::format("{}: {}", row.label, signed_text(row.mean));
  if (has_interval(row)) {
    told += fmt::format(" ({})", signed_text(row.low) + " to " + signed_text(row.high));
    svg += line(clear ? "interval clear" : "interval", scale.x(row.low), y, scale.x(row.high), y);
  }
  return svg + fmt::format("<circle{} cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"/><title>{}</title></g>\n",
                           clear ? " class=\"clear\"" : "", scale.x(row.mean), y, escape_html(told));
}

}  // namespace

std::string forest_svg(const Forest& forest) {
  const Scale scale(forest);
  const double floor = top + row_height * static_cast<double>(forest.rows.size());
  std::string svg = fmt::format(
      "<svg class=\"forest\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{} of {} rows; the table below "
      "has the "
      "numbers\">\n",
      width, floor + bottom, escape_html(forest.x_label), forest.rows.size());
  svg += axis(scale, forest, floor);
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    const ForestRow& row = forest.rows[i];
    const double y = top + row_height * (static_cast<double>(i) + 0.5);
    const std::string label = shorten(printable_line(row.label), longest_label);
    if (row.heading) {
      svg += text("heading", 4, y + 4, "start", label);
    } else {
      svg += text("label", left - 14, y + 4, "end", label) + mark(scale, row, y);
    }
  }
  return svg + "</svg>";
}

}  // namespace ablate
