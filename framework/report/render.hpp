#pragma once
/// From the comparison to files: what write_report does once it has the numbers.

#include <filesystem>
#include <string>

#include "ablate/report/comparison.hpp"
#include "ablate/report/report.hpp"

namespace ablate {

/// Writes the report into `out`, drawing with the program `gnuplot`; where that is missing, scripts are
/// written and a warning says so. report.md comes last: where it is, the rest is.
ReportFiles render_report(const Comparison& comparison, const std::filesystem::path& out,
                          const std::string& gnuplot);

/// True where `out` holds all that render_report would write, drawn, and its pages have the same bytes.
bool is_rendered(const Comparison& comparison, const std::filesystem::path& out);

}  // namespace ablate
