#pragma once
/// The report as one page of Markdown.

#include <string>
#include <vector>

#include "report/outputs.hpp"
#include "report/sections/section.hpp"
#include "report/templates.hpp"

namespace ablate {

/// report.md. `drawn` says for each figure of the sections whether its pictures are there; of others the page
/// names script and data. It links to the files that `outputs` has written.
std::string render_markdown(const Comparison& comparison, const std::vector<Section>& sections,
                            const std::vector<bool>& drawn, const Templates& templates = {},
                            const Outputs& outputs = {});

/// `text` with one blank line wherever it has more: sections that are left out leave theirs behind.
std::string with_single_blank_lines(const std::string& text);

}  // namespace ablate
