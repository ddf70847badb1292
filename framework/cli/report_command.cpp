#include <cstdlib>
#include <ostream>

#include "ablate/base/process.hpp"
#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/metrics/metric_table.hpp"
#include "ablate/report/report.hpp"

namespace ablate {

namespace {

bool has_display() { return std::getenv("DISPLAY") || std::getenv("WAYLAND_DISPLAY"); }

/// Shows the page in the browser that the desktop has chosen.
void open_page(const std::filesystem::path& page, Console& console) {
  if (!has_display()) {
    console.err << "note: no display here: open " << page.string() << " in a browser\n";
  } else if (run_process({"xdg-open", page.string()}) != 0) {
    console.err << "note: no browser could be started (xdg-open of xdg-utils): open " << page.string()
                << " in one\n";
  }
}

}  // namespace

int report_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string study, database, out, metric;
  double confidence = -1.0;
  bool open = false;
  Options options(self);
  options.positional("STUDY", study, true, "the study's name in the database");
  options.text("out", "DIR", out, "the report's folder; default: reports/<study>");
  options.text("metric", "SPLIT.METRIC", metric, "what variants are compared by; default: the study's");
  options.number("confidence", "SHARE", confidence, 0.5, "of the intervals; default: the study's");
  options.flag("open", open, "then show index.html in the browser");
  add_database_option(options, database);
  if (!options.parse(arguments, console)) return exit_done;

  const Reader reader(database_path(database));
  // The configuration that is kept with the study says what its file asked for.
  const std::string config = reader.study(study).config;
  ReportOptions settings =
      report_options(parse_study(config, study, {}, metric_names()),
                     out.empty() ? std::filesystem::path("reports") / study : std::filesystem::path(out));
  if (!metric.empty()) settings.primary = metric;
  if (confidence >= 0.0) settings.confidence = confidence;
  const ReportFiles report = write_report(reader, study, settings);
  for (const std::string& warning : report.warnings) console.err << "note: " << warning << "\n";
  console.out << "report: " << report.main.string() << "\n";
  if (open) open_page(std::filesystem::absolute(settings.out / "index.html"), console);
  return exit_done;
}

}  // namespace ablate
