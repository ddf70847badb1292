#pragma once
/// The report as one page of Markdown.

#include <string>
#include <vector>

#include "ablate/report/comparison.hpp"
#include "ablate/report/figures.hpp"

namespace ablate {

/// report.md. `drawn` says for each figure whether its pictures are there; of others the page names script
/// and data. Throws RequestError where the template is not well formed.
std::string render_markdown(const Comparison& comparison, const std::vector<Figure>& figures,
                            const std::vector<bool>& drawn);

/// "6 planned runs: 5 done, ...".
std::string runs_text(const Comparison& comparison);

}  // namespace ablate
