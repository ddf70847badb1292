#pragma once
/// What several commands share.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "config/study.hpp"
#include "report/report.hpp"
#include "store/reader.hpp"
#include "text/table.hpp"

namespace ablate {

/// `--db FILE`; the path is `chosen`, else $ABLATE_DB, else ablate.db; a leading ~ is the home folder.
void add_database_option(Options& options, std::string& chosen);
/// The same, any number of times.
void add_databases_option(Options& options, std::vector<std::string>& chosen);
std::filesystem::path database_path(const std::string& chosen);
/// ` --db FILE` for a command to be typed, or nothing where it would find that file without.
std::string database_words(const std::filesystem::path& database);

/// `--format table|csv|json|markdown|latex`.
void add_format_option(Options& options, std::string& chosen);

/// `--set KEY=VALUE`, any number of times.
void add_set_option(Options& options, std::vector<std::string>& chosen);

/// Where a report goes: `out` where it was given, else a folder under reports/ called after `name`, which may
/// come from anybody's file and leads nowhere else.
std::filesystem::path report_folder(const std::string& out, std::string_view name);

/// Of a study that tunes: what its tuning study tried for each variant.
TuningRequest tuning_request(const Study& study);

/// Another confidence than the study's is reported as an afterthought.
void choose_confidence(double& confidence, std::vector<std::string>& afterthoughts, double chosen);

/// Writes down that somebody looked; a note says so where it could not be.
void record_looks(const ReportFiles& report, const std::filesystem::path& database, Console& console);
/// The same of a comparison on the terminal.
void record_comparison(const Comparison& comparison, const std::filesystem::path& database, Console& console);

/// What a report of the study rests on and calls its factors, into that folder.
ReportOptions report_options(const Study& study, const std::filesystem::path& folder);

/// The study file with its overrides, against the program's metrics; what it warns of goes to the console.
Study load_study_file(const std::string& path, const std::vector<std::string>& sets, Console& console);

/// The run's own configuration. `sets` may say where its files are now (data.path, data.files,
/// data.mapping); any other setting is refused.
Config run_config(const Reader& reader, const RunRecord& run, const std::vector<std::string>& sets);

/// "test"; throws RequestError with the nearest name.
SplitName parse_split(const std::string& name);

}  // namespace ablate
