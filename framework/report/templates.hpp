#pragma once
/// The files of reports/templates, and the library that draws in the browser, built into the program.

#include <string_view>

namespace ablate {

/// reports/templates/report.md.mustache
std::string_view report_template();
/// reports/templates/source.md.mustache
std::string_view source_template();
/// reports/templates/index.html.mustache
std::string_view index_template();
/// reports/templates/evidence.html.mustache
std::string_view evidence_template();
/// reports/templates/report.js
std::string_view report_script();
/// reports/templates/report.css
std::string_view report_style();
/// Chart.js 3.9 (MIT license), minified
std::string_view chart_script();

}  // namespace ablate
