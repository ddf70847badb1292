#pragma once
/// Differences with their intervals, one below the other, as a gnuplot script.

#include <limits>
#include <string>
#include <vector>

namespace ablate {

/// Stands for the end of an interval that there is none of.
inline constexpr double undefined_end = std::numeric_limits<double>::quiet_NaN();

struct ForestRow {
  std::string label;
  double mean = 0.0, low = 0.0, high = 0.0;  ///< low and high are not numbers: there is no interval
  bool heading = false;                      ///< a label above rows, without a number
  std::vector<double> dots = {};             ///< single values, drawn small below the mean
  double outer_low = undefined_end, outer_high = undefined_end;  ///< a second interval, drawn as whiskers
  std::string note = {};                                         ///< a word at the end of the row
  int decimals = 4;                                              ///< of its numbers in words
};

bool has_outer(const ForestRow& row);

struct Forest {
  std::string name;     ///< stem of the picture's file, a slug
  std::string x_label;  ///< "difference in test.accuracy"
  std::vector<ForestRow> rows;
  std::string outer_name = {};  ///< what the second interval is of

  /// The least and the greatest of all that is drawn, and 0; never without width.
  struct Span {
    double low = 0.0, high = 0.0;
  };
  Span span() const;
  bool has_dots() const;
};

/// Text of the script, which holds its numbers. An interval that excludes 0 is drawn thick, others thin, so
/// that the two are told apart without colour. `format` is "svg" (also if unset), "pdf" or "png".
std::string gnuplot_script(const Forest& forest);

}  // namespace ablate
