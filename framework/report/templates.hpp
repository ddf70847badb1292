#pragma once
/// The files of reports/templates, built into the program.

#include <string_view>

namespace ablate {

/// reports/templates/report.md.mustache
std::string_view report_template();
/// reports/templates/source.md.mustache
std::string_view source_template();

}  // namespace ablate
