#pragma once
/// Differences with their intervals, one below the other, as a gnuplot script.

#include <string>
#include <vector>

namespace ablate {

struct ForestRow {
  std::string label;
  double mean = 0.0, low = 0.0, high = 0.0;  ///< low and high are not numbers: there is no interval
  bool heading = false;                      ///< a label above rows, without a number
};

struct Forest {
  std::string name;     ///< stem of the picture's file, a slug
  std::string x_label;  ///< "difference in test.accuracy"
  std::vector<ForestRow> rows;
};

/// Text of the script, which holds its numbers. An interval that excludes 0 is drawn thick, others thin, so
/// that the two are told apart without colour. `format` is "svg" (also if unset), "pdf" or "png".
std::string gnuplot_script(const Forest& forest);

}  // namespace ablate
