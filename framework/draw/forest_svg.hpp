#pragma once
/// Differences with their intervals as an SVG within a page: its colours are the page's, by the classes of
/// report.css.

#include <string>

#include "draw/forest.hpp"

namespace ablate {

/// The same rows as gnuplot_script(forest); every mark has a title with its numbers.
std::string forest_svg(const Forest& forest);

}  // namespace ablate
