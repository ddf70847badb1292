#pragma once
/// From the comparison to files: what write_report does once it has the numbers.

#include <filesystem>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/figure.hpp"
#include "report/report.hpp"
#include "report/templates.hpp"

namespace ablate {

/// How a comparison becomes files.
struct Rendering {
  std::string gnuplot = "gnuplot";  ///< the program that draws
  Outputs outputs = {};
  Templates templates = {};
};

/// Reads the folder of templates. Throws as Templates does.
Rendering rendering_of(const ReportOptions& options);

struct RenderedFigures {
  std::vector<bool> drawn;  ///< a figure each: its pictures are there
  std::vector<std::filesystem::path> files;
  std::vector<std::string> warnings;
};

/// Data, scripts and pictures of figures, below `out`.
RenderedFigures render_figures(const std::vector<Figure>& figures, const std::filesystem::path& out,
                               const Rendering& rendering);

/// Writes the report into `out`; where gnuplot is missing, scripts are written and a warning says so.
/// report.md comes last: where it is, the rest is.
ReportFiles render_report(const Comparison& comparison, const std::filesystem::path& out,
                          const Rendering& rendering);

/// True where `out` holds all that render_report would write, drawn, and its pages have the same bytes.
bool is_rendered(const Comparison& comparison, const std::filesystem::path& out, const Rendering& rendering);

}  // namespace ablate
