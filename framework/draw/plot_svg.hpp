#pragma once
/// Panels of curves as an SVG element of a page, in the page's own colours: no script draws it.

#include <string>

#include "draw/plot.hpp"

namespace ablate {

/// Its lines have the classes "style0" to "style7" and "band0" to "band7", which report.css colours. `label` is what
/// it is called aloud.
std::string plot_svg(const Plot& plot, const std::string& label);

}  // namespace ablate
