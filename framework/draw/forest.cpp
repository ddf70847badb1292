#include "draw/forest.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "draw/fitted_labels.hpp"
#include "draw/plot_style.hpp"
#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

// Pixels of the SVG.
constexpr double width = 840, row_height = 22, top = 14, bottom = 56, margin = 24, gap = 14;
constexpr double dot_below = 0.27;
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

/// From tic to tic around all that is drawn.
std::string x_axis(const Forest& forest) {
  const auto [low, high] = forest.span();
  const double step = tic_step(high - low, 8);
  return fmt::format("set xrange [{:.10g}:{:.10g}]\nset xtics {:.10g}\nset format x '{}'\n",
                     step * std::floor(low / step), step * std::ceil(high / step), step, tic_format(step));
}

/// Single values: "value place".
std::string dots(const Forest& forest) {
  std::string text;
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    for (const double value : forest.rows[i].dots)
      text += fmt::format("{} {}\n", value, static_cast<double>(i + 1) + dot_below);
  }
  return text.empty() ? text : fmt::format("$dots << EOD\n{}EOD\n", text);
}

/// Second intervals: "mean low high place".
std::string outer_intervals(const Forest& forest) {
  std::string text;
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    const ForestRow& row = forest.rows[i];
    if (has_outer(row)) text += fmt::format("{} {} {} {}\n", row.mean, row.outer_low, row.outer_high, i + 1);
  }
  return text.empty() ? text : fmt::format("$outer << EOD\n{}EOD\n", text);
}

/// Right of the plot: the longest note, whole.
double note_width(const Forest& forest) {
  std::size_t longest = 0;
  for (const ForestRow& row : forest.rows) longest = std::max(longest, display_width(row.note));
  return longest == 0 ? margin : 2 * gap + character_width * static_cast<double>(longest);
}

std::string notes(const Forest& forest, double height) {
  std::string text;
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    if (forest.rows[i].note.empty()) continue;
    const double y = 1.0 - (top + row_height * (static_cast<double>(i) + 0.5)) / height;
    text += fmt::format("set label {} {} at screen {:.5f},{:.5f} left\n", forest.rows.size() + i + 2,
                        quote_gnuplot(forest.rows[i].note), 1 - (note_width(forest) - gap) / width, y);
  }
  return text;
}

std::vector<std::string> labels_of(const Forest& forest) {
  std::vector<std::string> labels;
  for (const ForestRow& row : forest.rows) labels.push_back(row.label);
  return labels;
}

std::string labels(const Forest& forest, double left, double height) {
  std::string text;
  const auto fitted = fitted_labels(labels_of(forest), longest_label);
  for (std::size_t i = 0; i < forest.rows.size(); ++i) {
    const double y = 1.0 - (top + row_height * (static_cast<double>(i) + 0.5)) / height;
    const bool heading = forest.rows[i].heading;
    text += fmt::format("set label {} {} at screen {:.5f},{:.5f} {}\n", i + 2, quote_gnuplot(fitted[i]),
                        heading ? 8 / width : (left - gap) / width, y, heading ? "left" : "right");
  }
  return text;
}

}  // namespace

bool has_outer(const ForestRow& row) { return std::isfinite(row.outer_low) && std::isfinite(row.outer_high); }

Forest::Span Forest::span() const {
  Span span;
  const auto take = [&](double value) {
    if (!std::isfinite(value)) return;
    span.low = std::min(span.low, within_axes(value));
    span.high = std::max(span.high, within_axes(value));
  };
  for (const ForestRow& row : rows) {
    if (row.heading) continue;
    for (const double value : {row.mean, row.low, row.high, row.outer_low, row.outer_high}) take(value);
    for (const double value : row.dots) take(value);
  }
  if (span.high - span.low < 1e-9) span = {-0.5e-9, 0.5e-9};
  return span;
}

bool Forest::has_dots() const {
  return std::any_of(rows.begin(), rows.end(), [](const ForestRow& row) { return !row.dots.empty(); });
}

std::string gnuplot_script(const Forest& forest) {
  std::size_t longest = 0;
  for (const ForestRow& row : forest.rows)
    longest = std::max(longest, std::min(display_width(row.label), longest_label));
  const double left = std::max(60.0, 8 + character_width * static_cast<double>(longest) + gap);
  const double right = note_width(forest);
  const double height = top + row_height * static_cast<double>(forest.rows.size()) + bottom;
  std::string text = plot_header({forest.name, width, height, 7.0});
  const std::string clear = block(forest, "clear", excludes_zero);
  const std::string open = block(forest, "open", [](const ForestRow& row) { return !excludes_zero(row); });
  const std::string single = dots(forest), outer = outer_intervals(forest);
  text += clear + open + single + outer + x_axis(forest);
  text += fmt::format(
      "set lmargin at screen {:.5f}\nset rmargin at screen {:.5f}\nset tmargin at screen {:.5f}\nset bmargin "
      "at "
      "screen {:.5f}\nset border 1 linecolor rgb '#444444'\nunset ytics\nunset grid\nset yrange [{}.5:0.5]\n"
      "set label 1 {} at screen {:.5f},{:.5f} center\n"
      "set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) "
      "back\n",
      left / width, 1 - right / width, 1 - top / height, bottom / height, forest.rows.size(),
      quote_gnuplot(forest.x_label), 0.5 * (left + width - right) / width, 16 / height);
  text += labels(forest, left, height) + notes(forest, height) + "plot \\\n";
  const auto drawn = [](const char* name, const char* bar, double line, double size, int point) {
    return fmt::format(
        "  ${0} using 1:4:2:3 with xerrorbars linecolor rgb '{1}' linewidth {2} pointtype {3} pointsize {4}",
        name, bar, line, point, size);
  };
  std::string plots;
  if (!single.empty()) {
    plots.append(plots.empty() ? "" : ", \\\n")
        .append("  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5");
  }
  if (!open.empty())
    plots.append(plots.empty() ? "" : ", \\\n").append(drawn("open", "#56B4E9", 1.2, 0.7, 6));
  if (!clear.empty())
    plots.append(plots.empty() ? "" : ", \\\n").append(drawn("clear", "#0072B2", 2.2, 0.8, 7));
  if (!outer.empty())
    plots += ", \\\n  $outer using 1:4:2:3 with xerrorbars linecolor rgb '#444444' linewidth 0.8 pointtype 0";
  return text.append(plots).append("\nunset output\n");
}

}  // namespace ablate
