#pragma once
/// Panels of curves as a gnuplot script: numbers and look in, text out.

#include <cmath>
#include <string>
#include <vector>

namespace ablate {

struct PlotPoint {
  double x = 0.0, y = 0.0, low = 0.0, high = 0.0;
};

/// A line of a panel; `style` counts from 0 and picks colour and dashes, the same in every panel.
struct PlotLine {
  std::size_t style = 0;
  bool band = false;  ///< shade from `low` to `high`
  std::vector<PlotPoint> points;
};

/// Without lines its place stays empty.
struct Panel {
  std::string title;
  std::vector<PlotLine> lines;
  std::size_t scale = 0;  ///< panels of one number share their vertical axis where `same_scale` is set
  bool zero = false;      ///< the vertical axis reaches 0, which is marked
};

struct LegendEntry {
  std::size_t style = 0;
  std::string label;
};

struct Plot {
  std::string name;           ///< stem of the picture's file, a slug
  std::vector<Panel> panels;  ///< filled row by row
  std::size_t columns = 1;
  std::vector<LegendEntry> legend;
  bool legend_in_grid = false;  ///< in the place after the last panel; else in a strip below
  bool same_scale = false;      ///< one vertical axis for all panels of a scale
  double settled_from =
      -HUGE_VAL;  ///< the vertical axis spans the values from this x on; earlier ones may be outside
  std::string x_label = "epoch";
  bool whole_x = true;  ///< tics at whole numbers alone
};

/// So many lines can be told apart, by colour and, printed in grey, by dashes.
inline constexpr std::size_t plot_styles = 8;

/// Text of the script. It holds its numbers, so it can be run alone; `format` is "svg" (also if unset) or
/// "png".
std::string gnuplot_script(const Plot& plot);

}  // namespace ablate
