#pragma once
/// Differences with their intervals as an SVG within a page: its colours are the page's, by the classes of
/// report.css.

#include <string>

#include "draw/forest.hpp"

namespace ablate {

/// Widths of a picture: of a page, and of a telephone, which has no room for notes.
inline constexpr double wide_forest = 1240, narrow_forest = 460;

/// The same rows as gnuplot_script(forest); every mark has a title with its numbers.
std::string forest_svg(const Forest& forest, double width = wide_forest);

}  // namespace ablate
