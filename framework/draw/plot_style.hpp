#pragma once
/// What all figures share: palette, dashes, terminals, axes.

#include <cstddef>
#include <string>

namespace ablate {

/// A picture's size.
struct Page {
  std::string name;              ///< stem of its files
  double width = 0, height = 0;  ///< pixels of the SVG; the PNG is twice as fine
  double inches = 7.0;           ///< width of the PDF, as a paper prints it: 7 is two columns
};

/// Pixels of the SVG that a character of its type takes, about.
inline constexpr double character_width = 6.7;

/// "#0072B2"; counts on from the first after `plot_styles`.
const char* plot_colour(std::size_t style);

/// Terminal, output, borders, tics and line styles 1 to `plot_styles`.
std::string plot_header(const Page& page);

/// Axes end here: a value beyond it is drawn at their end.
inline constexpr double largest_drawn = 1e100;
double within_axes(double value);

/// The exponent of the largest power of ten up to a number above 0; between -300 and 300.
int decade_of(double number);

/// A step of 1, 2 or 5 times a power of ten that cuts the span, above 0 and finite, into at most `most` parts.
double tic_step(double span, double most);

/// As many decimals as the step between tics has; less than 0 where it has digits before the point alone.
int tic_decimals(double step);

/// The same as gnuplot's format; very small steps are left to gnuplot.
std::string tic_format(double step);

}  // namespace ablate
