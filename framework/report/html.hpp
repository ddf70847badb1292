#pragma once
/// The report as one interactive page that needs nothing else.

#include <string>
#include <vector>

#include "report/outputs.hpp"
#include "report/sections/section.hpp"
#include "report/templates.hpp"

namespace ablate {

/// index.html: script, style, Chart.js and data are within; a Content-Security-Policy allows these scripts
/// and this style by their hashes and nothing else, so nothing is loaded and nothing is evaluated. Without a
/// script it still reads: verdict, tables and sources are HTML. It links to the files
/// that `outputs` has written.
std::string render_html(const Comparison& comparison, const std::vector<Section>& sections,
                        const Templates& templates = {}, const Outputs& outputs = {});

}  // namespace ablate
