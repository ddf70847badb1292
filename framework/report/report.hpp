#pragma once
/// From the database to a folder of tables, figures and text.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/contrast_settings.hpp"
#include "config/seeds.hpp"
#include "report/factor_title.hpp"
#include "report/image_views.hpp"
#include "report/outputs.hpp"
#include "report/tuning.hpp"
#include "store/reader.hpp"

namespace ablate {

struct Comparison;

struct ReportOptions {
  std::filesystem::path out;  ///< folder; made where it is missing
  std::string primary = "test.accuracy";
  double confidence = 0.95;
  std::vector<std::string> afterthoughts = {};  ///< what is another than the study declared: "test.f1"
  bool blind = false;                           ///< pages that follow a sweep show no difference yet
  std::string baseline = {};       ///< a variant's name, in place of the study's; empty: the study's
  ContrastSettings contrast = {};  ///< the question; its factors by their keys
  std::optional<SeedsUntilSettled> until_settled = {};  ///< planned looks
  std::optional<TuningRequest> tuning = {};             ///< what each variant was tuned to, of which study
  std::vector<FactorTitle> factors = {};                ///< those that the study gives a name or labels
  /// Names, or globs such as "skip=none*", of the variants to show beside the baseline; empty: all. The family
  /// is then the rows that are shown.
  std::vector<std::string> variants = {};
  std::optional<ImageSource> images = {};  ///< for what the database has not; nothing: it is left out
  bool is_pair = false;  ///< of two that somebody named: whole variants, whatever their factors
  Outputs outputs = {};
  std::filesystem::path templates = {};  ///< folder whose files replace built-in templates; empty: none do
};

/// What is to be written down of a look at a study as it stands.
struct ReportedLook {
  std::filesystem::path database = {};  ///< empty: the one that was read
  std::int64_t study_id = 0;
  LookRecord look = {};
};

/// Nothing where no difference has two seeds: then there is nothing to judge.
std::optional<ReportedLook> look_at(const Comparison& comparison, const std::string& command);

struct ReportFiles {
  std::filesystem::path main;                ///< report.md; else index.html; else the folder
  std::vector<std::filesystem::path> files;  ///< all that was written
  std::vector<std::string> warnings;  ///< what is missing and why (no gnuplot, no finished run): for stderr
  std::vector<ReportedLook> looks = {};  ///< for the record
  std::string headline = {};             ///< of a study's report: its answer in a sentence
};

/// Writes index.html, report.md, tables/*.{csv,tex}, data/*.csv, figures/*.{gp,svg,pdf,png}, or what of these
/// is asked for; files of an earlier report are left as they are. The same database and images give the same bytes.
ReportFiles write_report(const Reader& reader, const std::string& study, const ReportOptions& options);

/// The same, but where the folder holds this very report (its page reads as it would now, and every table and
/// picture is there), nothing is written: `files` and `looks` are empty then.
ReportFiles update_report(const Reader& reader, const std::string& study, const ReportOptions& options);

}  // namespace ablate
