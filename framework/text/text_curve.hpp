#pragma once
/// Curves drawn in characters, for a terminal.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ablate {

/// Points with x rising. A y that is not a finite number leaves a gap.
struct TextCurve {
  std::string name;
  std::vector<std::pair<double, double>> points;
};

struct TextPlot {
  std::string x_name = "epoch";
  std::size_t width = 60, height = 8;  ///< of the field, in characters, each at least 2
  bool braille = false;  ///< eight dots a character, the second curve dotted; else letters A, B and *
  /// The axis spans what comes after this share of the x axis; what is outside of it is not drawn. Where
  /// nothing comes after, it spans all.
  double unscaled_share = 0.0;
};

/// At most two curves in one field, with the axis' ends at the left, x below, and under it which curve is
/// which and its last value. Where two ASCII curves share a character, it is "*". Names are escaped for
/// terminals. Every line ends with a line feed; without a finite value it is empty. Pure: the same curves
/// give the same bytes. More than two curves or a smaller field are std::invalid_argument.
std::string draw_curves(const std::vector<TextCurve>& curves, const TextPlot& plot);

}  // namespace ablate
