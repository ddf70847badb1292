#include <algorithm>
#include <optional>
#include <ostream>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "report/report.hpp"
#include "runner/sweep.hpp"
#include "store/settle.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

struct RunOptions {
  std::string file, database, out;
  std::vector<std::string> sets;
  std::int64_t jobs = 1;
  std::optional<double> near;
  bool replan = false, retry_failed = false, quiet = false, json = false;
};

void print_end(Console& console, const RunOptions& options, const std::filesystem::path& report,
               const SweepCounts& counts) {
  if (options.json) {
    console.out << fmt::format("{{\"event\":\"report\",\"path\":{}}}\n", json_text(report.string()));
    return;
  }
  console.err << fmt::format("{} of {} cells done", counts.done, counts.cells);
  if (counts.stopped > 0) console.err << fmt::format(", {} stopped by the stop rule", counts.stopped);
  if (counts.diverged > 0) console.err << fmt::format(", {} diverged", counts.diverged);
  if (counts.failed > 0) console.err << fmt::format(", {} failed (again with --retry-failed)", counts.failed);
  if (counts.left > 0) console.err << fmt::format(", {} with other workers", counts.left);
  console.err << "\n";
  console.out << "report: " << report.string() << "\n";
}

/// Before anything is trained: the report must have somewhere to go.
void check_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error) || std::filesystem::is_directory(folder, error)) return;
  throw RequestError(fmt::format("the report's folder {} is a file", folder.string()),
                     "another folder with --out");
}

/// Writes the study's report where it is not up to date; returns its main page.
std::filesystem::path current_report(Console& console, const Reader& reader, const Study& study,
                                     const std::filesystem::path& folder) {
  const ReportOptions options = report_options(study, folder);
  if (is_current(reader, study.name, options)) return folder / "report.md";
  const ReportFiles report = write_report(reader, study.name, options);
  for (const std::string& warning : report.warnings) console.err << "note: " << warning << "\n";
  return report.main;
}

int finish(Console& console, const RunOptions& given, const Study& study,
           const std::filesystem::path& database, const std::filesystem::path& folder) {
  SweepCounts counts;
  std::filesystem::path main;
  {
    const Reader reader(database);
    main = current_report(console, reader, study, folder);
    counts = count_cells(reader, study.name);
  }
  settle_log(database);  // reading left SQLite's files beside it
  print_end(console, given, main, counts);
  const bool none = counts.done == 0 && counts.diverged > 0;  // all that could be had diverged
  return counts.failed > 0 || none ? exit_runs_failed : exit_done;
}

int sweep(Console& console, const RunOptions& options, const Study& study,
          const std::filesystem::path& database, const std::filesystem::path& folder) {
  const Stopwatch watch;
  const bool talks = !options.quiet && !options.json;
  if (talks) console.err << fmt::format("{}: {}\n", study.name, study.question);
  DatasetCache datasets;
  SweepOptions sweep_options;
  sweep_options.retry_failed = options.retry_failed;
  sweep_options.replan = options.replan;
  sweep_options.audit.near_threshold = options.near;
  sweep_options.jobs = static_cast<int>(options.jobs);
  SweepResult result;
  {
    const InterruptFlag
        interrupt;  // not beyond the sweep: Ctrl-C while the report is drawn just ends the program
    const Display display = options.json              ? Display::json
                            : options.quiet           ? Display::quiet
                            : console.err_is_terminal ? Display::terminal
                                                      : Display::lines;
    const auto progress = make_progress(console, display);
    result = run_sweep(study, database, datasets, sweep_options, *progress, interrupt.get());
  }
  if (result.interrupted) {
    console.err << fmt::format(
        "interrupted: {} of {} cells done; the same command goes on from here, each cell from its last whole "
        "epoch\n",
        result.counts.done, result.counts.cells);
    return exit_interrupted;
  }
  if (talks) {
    console.err << fmt::format("trained {} cells in {}\n", result.trained, duration_text(watch.seconds()));
  }
  return finish(console, options, study, database, folder);
}

}  // namespace

int run_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  RunOptions given;
  Options options(self);
  options.positional("STUDY.yaml", given.file, true, "the study file");
  add_database_option(options, given.database);
  add_set_option(options, given.sets);
  given.jobs = std::max(1u, std::thread::hardware_concurrency());
  options.count("jobs,j", "N", given.jobs, 1,
                "worker processes, each with one BLAS thread; default: the cores of this machine");
  options.text("out", "DIR", given.out, "the report's folder; default: reports/<study>");
  options.optional_number("near", "LEVELS", given.near, usual_near_threshold, 0,
                          fmt::format("let the audit look for near-duplicates too, within a mean absolute "
                                      "difference of LEVELS grey levels of 255 ({} where none is given)",
                                      usual_near_threshold));
  options.flag(
      "replan", given.replan,
      "go on with a study file that has changed: new cells are trained, those that are gone are kept apart");
  options.flag("retry-failed", given.retry_failed, "train failed and diverged cells again");
  options.flag("quiet,q", given.quiet, "say nothing but what failed, and where the report is");
  options.flag("json", given.json, "tell every event as a JSON object a line, on stdout");
  if (!options.parse(arguments, console)) return exit_done;

  const Study study = load_study_file(given.file, given.sets);
  const std::filesystem::path database = database_path(given.database);
  const std::filesystem::path folder =
      given.out.empty() ? std::filesystem::path("reports") / study.name : std::filesystem::path(given.out);
  check_folder(folder);
  if (!nothing_left(study, database, given.retry_failed))
    return sweep(console, given, study, database, folder);
  if (!given.json)
    console.err << fmt::format("{}: everything is done; another --db or study name trains it anew\n",
                               study.name);
  return finish(console, given, study, database, folder);
}

}  // namespace ablate
