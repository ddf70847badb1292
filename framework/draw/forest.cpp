#include "draw/forest.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "draw/plot_style.hpp"
#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

// Pixels of the SVG.
constexpr double width = 840, row_height = 22, top = 14, bottom = 56, right = 24, gap = 14;
constexpr std::size_t longest_label = 52;

bool has_interval(const ForestRow& row) { return std::isfinite(row.low) && std::isfinite(row.high); }
bool excludes_zero(const ForestRow& row) { return has_interval(row) && (row.low > 0.0 || row.high < 0.0); }

/// Rows of one kind as a block of data: "mean low high place"; nothing where there are none.
std::string block(const Forest& forest, const char* name, bool (*is)(const ForestRow&)) {
  std::string text;
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    const ForestRow& row = forest.rows[i];
    if (row.heading || !is(row)) continue;
    const bool interval = has_interval(row);
    text += fmt::format("{} {} {} {}\n", row.mean, interval ? row.low : row.mean,
                        interval ? row.high : row.mean, i + 1);
  }
  return text.empty() ? text : fmt::format("${} << EOD\n{}EOD\n", name, text);
}

/// From tic to tic around the intervals and 0.
std::string x_axis(const Forest& forest) {
  double low = 0.0, high = 0.0;
  for (const ForestRow& row : forest.rows) {
    if (row.heading) continue;
    low = std::min({low, row.mean, has_interval(row) ? row.low : row.mean});
    high = std::max({high, row.mean, has_interval(row) ? row.high : row.mean});
  }
  if (high - low < 1e-9) low = -0.5e-9, high = 0.5e-9;
  const double step = tic_step(high - low, 8);
  return fmt::format("set xrange [{:.10g}:{:.10g}]\nset xtics {:.10g}\nset format x '{}'\n",
                     step * std::floor(low / step), step * std::ceil(high / step), step, tic_format(step));
}

std::string labels(const Forest& forest, double left, double height) {
  std::string text;
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    const double y = 1.0 - (top + row_height * (static_cast<double>(i) + 0.5)) / height;
    const bool heading = forest.rows[i].heading;
    text += fmt::format("set label {} {} at screen {:.5f},{:.5f} {}\n", i + 2,
                        quote_gnuplot(shorten(forest.rows[i].label, longest_label)),
                        heading ? 8 / width : (left - gap) / width, y, heading ? "left" : "right");
  }
  return text;
}

}  // namespace

std::string gnuplot_script(const Forest& forest) {
  std::size_t longest = 0;
  for (const ForestRow& row : forest.rows)
    longest = std::max(longest, std::min(display_width(row.label), longest_label));
  const double left = std::max(60.0, 8 + character_width * static_cast<double>(longest) + gap);
  const double height = top + row_height * static_cast<double>(forest.rows.size()) + bottom;
  std::string text = plot_header({forest.name, width, height, 7.0});
  const std::string clear = block(forest, "clear", excludes_zero);
  const std::string open = block(forest, "open", [](const ForestRow& row) { return !excludes_zero(row); });
  text += clear + open + x_axis(forest);
  text += fmt::format(
      "set lmargin at screen {:.5f}\nset rmargin at screen {:.5f}\nset tmargin at screen {:.5f}\nset bmargin "
      "at "
      "screen {:.5f}\nset border 1 linecolor rgb '#444444'\nunset ytics\nunset grid\nset yrange [{}.5:0.5]\n"
      "set label 1 {} at screen {:.5f},{:.5f} center\n"
      "set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) "
      "back\n",
      left / width, 1 - right / width, 1 - top / height, bottom / height, forest.rows.size(),
      quote_gnuplot(forest.x_label), 0.5 * (left + width - right) / width, 16 / height);
  text += labels(forest, left, height) + "plot \\\n";
  const auto drawn = [](const char* name, const char* bar, double line, double size, int point) {
    return fmt::format(
        "  ${0} using 1:4:2:3 with xerrorbars linecolor rgb '{1}' linewidth {2} pointtype {3} pointsize {4}",
        name, bar, line, point, size);
  };
  std::string plots;
  if (!open.empty()) plots += drawn("open", "#56B4E9", 1.2, 0.7, 6);
  if (!clear.empty())
    plots.append(plots.empty() ? "" : ", \\\n").append(drawn("clear", "#0072B2", 2.2, 0.8, 7));
  return text.append(plots).append("\nunset output\n");
}

}  // namespace ablate
