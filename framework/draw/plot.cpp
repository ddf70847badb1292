#include "draw/plot.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "draw/plot_axes.hpp"
#include "draw/plot_style.hpp"
#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

// Pixels of the SVG.
constexpr double left = 58, right = 18, top = 36, bottom = 52, gap = 4, legend_line = 20, legend_sample = 44;

struct Box {
  double x0, y0, x1, y1;  ///< from the top left, y downwards
};

struct Geometry {
  double width, height;  ///< of the picture
  double panel_width, panel_height;
  std::size_t legend_columns;
  Box legend;
};

/// Characters that fit beside a legend's sample.
std::size_t label_room(double column_width) {
  return static_cast<std::size_t>((column_width - legend_sample - 8) / character_width);
}

std::size_t rows_of(const Plot& plot) {
  const std::size_t places = plot.panels.size() + (plot.legend_in_grid ? 1 : 0);
  return (places + plot.columns - 1) / plot.columns;
}

Geometry measure(const Plot& plot) {
  Geometry g{};
  g.panel_width = plot.columns == 1 ? 640 : plot.columns == 2 ? 420 : 270;
  g.panel_height = plot.columns > 2 ? 244 : 336;
  g.width = g.panel_width * static_cast<double>(plot.columns);
  const double grid = g.panel_height * static_cast<double>(rows_of(plot));
  if (plot.legend_in_grid) {
    const auto place = static_cast<double>(plot.panels.size() % plot.columns);
    g.legend_columns = 1;
    g.legend = {place * g.panel_width + left, grid - g.panel_height + top, (place + 1) * g.panel_width, grid};
    g.height = grid;
    return g;
  }
  std::size_t longest = 0;
  for (const auto& entry : plot.legend) longest = std::max(longest, display_width(entry.label));
  g.legend_columns = plot.legend.size() > 1 && longest <= label_room((g.width - left) / 2) ? 2 : 1;
  const std::size_t lines = (plot.legend.size() + g.legend_columns - 1) / g.legend_columns;
  g.height = grid + legend_line * static_cast<double>(lines) + 10;
  g.legend = {left, grid + gap, g.width, g.height};
  return g;
}

std::string block_name(std::size_t panel, std::size_t line) {
  return fmt::format("$panel{}_line{}", panel + 1, line + 1);
}

std::string data_blocks(const Plot& plot) {
  std::string text;
  for (std::size_t p = 0; p < plot.panels.size(); ++p) {
    for (std::size_t l = 0; l < plot.panels[p].lines.size(); ++l) {
      text += block_name(p, l) + " << EOD\n";
      for (const auto& [x, y, low, high] : plot.panels[p].lines[l].points) {
        text += fmt::format("{} {} {} {}\n", x, y, low, high);
      }
      text += "EOD\n";
    }
  }
  return text;
}

std::string x_axis(const Plot& plot) {
  const PlotAxis axis = x_axis_of(plot);
  return fmt::format("set xrange [{}:{}]\nset xtics {}\n", axis.low, axis.high, axis.step);
}

std::string y_axis(const Plot& plot, const Panel& shown) {
  const PlotAxis axis = y_axis_of(plot, shown);
  return fmt::format("set yrange [{:.10g}:{:.10g}]\nset ytics {:.10g}\nset format y '{}'\n", axis.low,
                     axis.high, axis.step, tic_format(axis.step));
}

std::string margins(const Geometry& g, const Box& box) {
  return fmt::format(
      "set lmargin at screen {:.5f}\nset rmargin at screen {:.5f}\nset tmargin at screen {:.5f}\n"
      "set bmargin at screen {:.5f}\n",
      box.x0 / g.width, box.x1 / g.width, 1 - box.y0 / g.height, 1 - box.y1 / g.height);
}

std::string curves(const Panel& panel, std::size_t index) {
  std::string bands, lines;
  for (std::size_t l = 0; l < panel.lines.size(); ++l) {
    const PlotLine& line = panel.lines[l];
    const std::string block = block_name(index, l);
    if (line.band && line.points.size() > 1) {
      bands += fmt::format(
          "  {} using 1:3:4 with filledcurves fillcolor rgb '{}' fillstyle transparent solid 0.16 noborder, "
          "\\\n",
          block, plot_colour(line.style));
    }
    lines += fmt::format("{}  {} using 1:2 with {} linestyle {}", l ? ", \\\n" : "", block,
                         line.points.size() > 1 ? "lines" : "points", line.style % plot_styles + 1);
  }
  return "plot \\\n" + bands + lines + "\n";
}

/// Text in the middle above or below a panel. Gnuplot's own titles are elsewhere in an SVG than in a PNG.
std::string caption(int tag, const std::string& text, const Geometry& g, const Box& box, double y) {
  return fmt::format("set label {} {} at screen {:.5f},{:.5f} center\n", tag, quote_gnuplot(text),
                     0.5 * (box.x0 + box.x1) / g.width, 1 - y / g.height);
}

std::string panel_text(const Plot& plot, const Geometry& g, std::size_t index) {
  const std::size_t column = index % plot.columns, row = index / plot.columns;
  const double x = g.panel_width * static_cast<double>(column), y = g.panel_height * static_cast<double>(row);
  const Box box = {x + left, y + top, x + g.panel_width - right, y + g.panel_height - bottom};
  const Panel& panel = plot.panels[index];
  return margins(g, box) + y_axis(plot, panel) + caption(1, panel.title, g, box, box.y0 - 16) +
         caption(2, plot.x_label, g, box, box.y1 + 38) + curves(panel, index);
}

std::string legend_text(const Plot& plot, const Geometry& g) {
  std::string text;
  const std::size_t lines = (plot.legend.size() + g.legend_columns - 1) / g.legend_columns;
  const double column_width = (g.legend.x1 - g.legend.x0) / static_cast<double>(g.legend_columns);
  const std::size_t room = label_room(column_width);
  for (std::size_t i = 0; i < plot.legend.size(); ++i) {
    const std::size_t column = i / lines, line = i % lines;
    const double x = g.legend.x0 + column_width * static_cast<double>(column);
    const double y = 1 - (g.legend.y0 + legend_line * (static_cast<double>(line) + 0.5)) / g.height;
    text += fmt::format(
        "set arrow from screen {:.5f},{:.5f} to screen {:.5f},{:.5f} nohead linestyle {}\n"
        "set label {} {} at screen {:.5f},{:.5f}\n",
        x / g.width, y, (x + legend_sample - 8) / g.width, y, plot.legend[i].style % plot_styles + 1, i + 3,
        quote_gnuplot(shorten(plot.legend[i].label, room)), (x + legend_sample) / g.width, y);
  }
  return text;
}

/// The legend is drawn with the last panel that has lines.
std::size_t last_drawn(const Plot& plot) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < plot.panels.size(); ++i) {
    if (!plot.panels[i].lines.empty()) last = i;
  }
  return last;
}

}  // namespace

std::string gnuplot_script(const Plot& plot) {
  const Geometry g = measure(plot);
  const Page page{plot.name, g.width, g.height, plot.columns == 1 ? 5.25 : 7.0};
  std::string text = plot_header(page) + data_blocks(plot) + x_axis(plot) + "set multiplot\n";
  const std::size_t last = last_drawn(plot);
  for (std::size_t i = 0; i <= last && i < plot.panels.size(); ++i) {
    if (plot.panels[i].lines.empty()) continue;
    if (i == last) text += legend_text(plot, g);
    text += panel_text(plot, g, i);
  }
  return text + "unset multiplot\nunset output\n";
}

}  // namespace ablate
