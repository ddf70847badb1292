#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/open_page.hpp"
#include "cli/report_images.hpp"
#include "metrics/metric_table.hpp"
#include "report/overview/overview.hpp"
#include "report/report.hpp"

namespace ablate {
namespace {

struct ReportRequest {
  std::vector<std::string> studies, databases, variants, sets;
  std::string out, metric, baseline, format, templates;
  double confidence = -1.0;
  bool open = false;
};

/// The configuration that is kept with a study says what its file asked for.
StudySource source_of(const Reader& reader, const std::filesystem::path& database, const std::string& study,
                      const ReportRequest& request) {
  ReportOptions options = report_options(parse_study(reader.study(study).config, study, {}, metric_names()),
                                         std::filesystem::path());
  if (!request.metric.empty() && request.metric != options.primary) {
    options.primary = request.metric;
    options.afterthoughts.push_back(request.metric);
    options.contrast.margin = 0.0;  // it is in the unit of the metric that the study named
  }
  options.baseline = request.baseline;
  if (request.confidence >= 0.0)
    choose_confidence(options.confidence, options.afterthoughts, request.confidence);
  options.variants = request.variants;
  options.outputs = parse_outputs(request.format);
  options.templates = expand_home(request.templates);
  return {study, database, std::move(options)};
}

/// Each study in each database that has it, in the order of the words.
std::vector<StudySource> find_sources(const ReportRequest& request) {
  std::vector<std::filesystem::path> databases;
  for (const std::string& chosen : request.databases) databases.push_back(database_path(chosen));
  if (databases.empty()) databases.push_back(database_path({}));
  std::vector<Reader> readers;
  std::vector<std::string> names;
  for (const auto& database : databases) {
    readers.emplace_back(database);
    for (const StudyRecord& study : readers.back().studies()) names.push_back(study.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<StudySource> sources;
  for (const std::string& study : request.studies) {
    const std::size_t before = sources.size();
    for (std::size_t i = 0; i < databases.size(); ++i) {
      const auto all = readers[i].studies();
      const bool has = std::any_of(all.begin(), all.end(),
                                   [&](const StudyRecord& record) { return record.name == study; });
      if (has) sources.push_back(source_of(readers[i], databases[i], study, request));
    }
    if (sources.size() > before) continue;
    if (databases.size() == 1) readers.front().study(study);  // throws with the nearest name
    throw RequestError(fmt::format("none of the databases has a study '{}'", study),
                       suggestion(study, names));
  }
  return sources;
}

std::filesystem::path folder_of(const ReportRequest& request, const std::vector<StudySource>& sources) {
  return report_folder(request.out, sources.size() == 1 ? sources.front().study : "overview");
}

/// False: help was asked for and given.
bool declare_report(const Command& self, ReportRequest& request, const std::vector<std::string>& arguments,
                    Console& console) {
  Options options(self);
  options.rest("STUDY...", request.studies, 1, "names of studies in the database; several make one overview");
  options.text("out", "DIR", request.out,
               "the report's folder; default: reports/<study>, of several reports/overview");
  options.texts("variants", "VARIANT,...", request.variants,
                "only these and the baseline: names, or globs such as 'skip=none*'; may be repeated");
  options.text("metric", "SPLIT.METRIC", request.metric,
               "what variants are compared by; default: the study's");
  options.text("baseline", "VARIANT", request.baseline,
               "what variants are compared with; default: the study's");
  options.number("confidence", "SHARE", request.confidence, 0.5, "of the intervals; default: the study's");
  options
      .text("format", "OUTPUT,...", request.format,
            fmt::format("which outputs: {}; default: all", fmt::join(output_names(), ", ")))
      .offers(output_names());
  options.text("template", "DIR", request.templates,
               "folder whose files replace the built-in templates (reports/templates)");
  options.flag("open", request.open, "then show index.html in the browser");
  options.texts("set", "KEY=VALUE", request.sets,
                "where the images are now, such as data.path=DIR; may be repeated");
  add_databases_option(options, request.databases);
  return options.parse(arguments, console);
}

/// Into `out`: the report of the one study, or the overview over several.
ReportFiles write_request(std::vector<StudySource>& sources, const ReportRequest& request,
                          const std::filesystem::path& out) {
  if (sources.size() > 1) return write_overview(sources, out);
  StudySource& source = sources.front();
  source.options.out = out;
  const Reader reader = Reader::snapshot(source.database);
  source.options.images = image_source(reader, request.sets);
  return write_report(reader, source.study, source.options);
}

}  // namespace

int report_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  ReportRequest request;
  if (!declare_report(self, request, arguments, console)) return exit_done;
  if (request.open && !parse_outputs(request.format).html)
    throw RequestError("--open shows index.html, which --format leaves out",
                       "--format html," + request.format);
  std::vector<StudySource> sources = find_sources(request);
  const auto out = folder_of(request, sources);
  const ReportFiles report = write_request(sources, request, out);
  record_looks(report, sources.front().database, console);
  for (const std::string& warning : report.warnings) console.err << "note: " << warning << "\n";
  if (!report.headline.empty()) console.err << "answer: " << report.headline << "\n";
  console.out << "report: " << report.main.string() << "\n";
  if (request.open) open_in_browser(std::filesystem::absolute(out / "index.html").string(), console);
  return exit_done;
}

}  // namespace ablate
