#include <ostream>

#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/metrics/metric_table.hpp"
#include "ablate/report/report.hpp"

namespace ablate {
namespace {

/// What the study file asked for, from the configuration that is kept with the study.
ReportSettings report_settings(const StudyRecord& study) {
  return parse_study(study.config, study.name, {}, metric_names()).report;
}

}  // namespace

int report_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string study, database, out;
  ReportOptions settings{{}, {}, -1.0};
  Options options(self);
  options.positional("STUDY", study, true, "the study's name in the database");
  options.text("out", "DIR", out, "the report's folder; default: reports/<study>");
  options.text("metric", "SPLIT.METRIC", settings.primary,
               "what variants are compared by; default: the study's");
  options.number("confidence", "SHARE", settings.confidence, 0.5, "of the intervals; default: the study's");
  add_database_option(options, database);
  if (!options.parse(arguments, console)) return exit_done;

  const Reader reader(database_path(database));
  const ReportSettings planned = report_settings(reader.study(study));
  if (settings.primary.empty()) settings.primary = to_string(planned.primary);
  if (settings.confidence < 0.0) settings.confidence = planned.confidence;
  settings.out = out.empty() ? std::filesystem::path("reports") / study : std::filesystem::path(out);
  const ReportFiles report = write_report(reader, study, settings);
  for (const std::string& warning : report.warnings) console.err << "note: " << warning << "\n";
  console.out << "report: " << report.main.string() << "\n";
  return exit_done;
}

}  // namespace ablate
