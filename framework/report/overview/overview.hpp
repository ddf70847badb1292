#pragma once
/// Several studies, or one study of several databases, in one report.

#include <filesystem>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/figure.hpp"
#include "report/report.hpp"
#include "text/table.hpp"

namespace ablate {

/// What is reported, and how; `options.out` is not read: its folder is below the overview's.
struct StudySource {
  std::string study;
  std::filesystem::path database;
  ReportOptions options;
};

/// One of several. The comparison is without its curves and classes.
struct ReportedStudy {
  std::string label;     ///< the study's name; with the database's where two are alike
  std::string folder;    ///< of its own report, a slug
  std::string database;  ///< name of the file; its path where names are alike
  Comparison comparison;
};

using Overview = std::vector<ReportedStudy>;

/// Writes each study's whole report into a folder below `out`, and over them index.html, report.md,
/// tables/overview.csv, data/effects-*.csv and figures/effects-*.{gp,svg,pdf,png}. Outputs and templates of
/// the overview are those of the first source. Throws RequestError for a source that is given twice.
ReportFiles write_overview(const std::vector<StudySource>& sources, const std::filesystem::path& out);

/// One row per study and variant: for pages, of those that pages show; for the file, of all, in full.
Table overview_table(const Overview& overview);
Table overview_data(const Overview& overview);

/// The differences of all studies, each from its own baseline, one figure per primary metric.
std::vector<Figure> overview_figures(const Overview& overview);

/// What may be compared: which studies used the same images, and that no difference crosses studies.
std::vector<std::string> overview_notes(const Overview& overview);

}  // namespace ablate
