#pragma once
/// The pages over several studies.

#include <string>
#include <vector>

#include "report/overview/overview.hpp"
#include "report/templates.hpp"

namespace ablate {

/// index.html: as render_html promises; its plot is an SVG within, which needs no script.
std::string render_overview_html(const Overview& overview, const Templates& templates,
                                 const Outputs& outputs);

/// report.md; `drawn` says for each of overview_figures() whether its pictures are there.
std::string render_overview_markdown(const Overview& overview, const std::vector<bool>& drawn,
                                     const Templates& templates, const Outputs& outputs);

}  // namespace ablate
