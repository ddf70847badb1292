#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "base/time.hpp"
#include "cli/baseline_advice.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "cli/live_sources.hpp"
#include "cli/progress.hpp"
#include "cli/report_images.hpp"
#include "cli/send_study.hpp"
#include "cli/sent_text.hpp"
#include "cli/study_stages.hpp"
#include "report/report.hpp"
#include "runner/program_files.hpp"
#include "runner/sweep.hpp"
#include "store/repeats.hpp"
#include "store/settle.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

struct RunOptions {
  std::string file, database, out;
  std::vector<std::string> sets;
  std::int64_t jobs = 1;
  std::optional<double> near;
  bool replan = false, retry_failed = false, quiet = false, json = false, test = false, serve = false;
  SendingRequest sending = {};
};

/// "wild seed 1, wild seed 2 and 4 more" of the study's runs that ended so.
std::string names_of(const Reader& reader, const std::string& study, RunStatus status) {
  std::vector<std::string> names;
  for (const RunRecord& run : reader.runs(reader.study(study).id)) {
    if (run.status == status && !run.obsolete)
      names.push_back(label_text({run.id, run.variant, run.seed, run.attempt}));
  }
  return names_text(names);
}

void print_end(Console& console, const RunOptions& options, const ReportFiles& report, const Reader& reader,
               const std::string& study, const SweepCounts& counts) {
  if (options.json) {
    console.out << fmt::format("{{\"event\":\"report\",\"path\":{},\"answer\":{}}}\n",
                               json_text(report.main.string()), json_text(report.headline));
    return;
  }
  console.err << fmt::format("{} of {} runs done", counts.done, counts.runs);
  if (counts.stopped > 0) console.err << fmt::format(", {} stopped by the stop rule", counts.stopped);
  if (counts.running > 0) console.err << fmt::format(", {} with other workers", counts.running);
  if (counts.left > counts.running)
    console.err << fmt::format(", {} left: the same command trains them", counts.left - counts.running);
  console.err << "\n";
  if (counts.failed > 0) {
    console.err << fmt::format("{} failed (--retry-failed trains them again): {}\n", counts.failed,
                               names_of(reader, study, RunStatus::failed));
  }
  if (counts.diverged > 0)
    console.err << fmt::format("{} diverged: {}\n", counts.diverged,
                               names_of(reader, study, RunStatus::diverged));
  if (!options.quiet) console.err << "answer: " << report.headline << "\n";
  console.out << "report: " << report.main.string() << "\n";
}

/// Before anything is trained: the report must have somewhere to go.
void check_folder(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path there = fs::absolute(folder);
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  if (!fs::is_directory(there, error)) {
    throw RequestError(fmt::format("the report's folder {} is a file", there.string()),
                       "another folder with --out");
  }
  if (::faccessat(AT_FDCWD, there.c_str(), W_OK | X_OK, AT_EACCESS) == 0) return;
  throw RequestError(
      fmt::format("the report's folder {} cannot be written: {}", there.string(), std::strerror(errno)),
      "another folder with --out");
}

/// Where the report cannot be written after all, the results are safe.
ReportFiles update_or_explain(const Reader& reader, const Study& study, const std::filesystem::path& database,
                              const ReportOptions& options) {
  try {
    return update_report(reader, study.name, options);
  } catch (const RequestError& error) {
    throw RequestError(fmt::format("{}\n  the results are in {}", error.what(), database.string()),
                       fmt::format("ablate report {} --db {} --out DIR", shell_word(study.name),
                                   shell_word(database.string())));
  }
}

/// The study's report as it is now, or as it was written where it is up to date.
ReportFiles current_report(const Reader& reader, const Study& study, const std::filesystem::path& database,
                           const std::filesystem::path& folder) {
  ReportOptions options = report_options(study, folder);
  options.images = image_source(reader);
  return update_or_explain(reader, study, database, options);
}

/// A note where runs that ended were trained by other code than the script's of now: nothing trains them anew.
std::string older_code_note(const Reader& reader, const Study& study) {
  if (!study.trainer()) return {};
  std::string now;
  try {
    now = code_sha256(study);
  } catch (const RequestError&) {
    return {};  // the script is gone: what it did is still to be reported
  }
  std::size_t older = 0, all = 0;
  for (const RunRecord& run : reader.runs(reader.study(study.name).id)) {
    const bool ended = run.status == RunStatus::done || run.status == RunStatus::stopped;
    if (run.obsolete || !ended || run.origin.program_sha256.empty()) continue;
    ++all;
    older += run.origin.program_sha256 != now;
  }
  if (older == 0) return {};
  return fmt::format(
      "{} of {} runs were made by other code of the script than that of now, and stay so\n"
      "  try: another `study` name in the file, or another --db, trains them with it\n",
      older, all);
}

/// That runs of a script reported epochs again with other numbers; nothing where none did.
std::string repeats_note(const Reader& reader, const Study& study) {
  const std::vector<RepeatOf> repeats = study_repeats(reader, reader.study(study.name).id);
  const auto most = widest(repeats);
  if (!most) return {};
  std::set<std::int64_t> runs;
  for (const RepeatOf& again : repeats) runs.insert(again.run_id);
  if (!is_any_resumed(repeats))
    return fmt::format(
        "{} reported an epoch twice with other numbers ({}): the first counts\n  try: one line per epoch; ablate show "
        "{}\n",
        counted(runs.size(), "run"), size_text(*most), *runs.begin());
  return fmt::format(
      "{} resumed with other numbers than the first time ({}): the script does not go on from its checkpoint as it would "
      "have without the kill\n  try: ablate show {}\n",
      counted(runs.size(), "run"), size_text(*most), *runs.begin());
}

int finish(Console& console, const RunOptions& given, const Study& study,
           const std::filesystem::path& database, const std::filesystem::path& folder) {
  SweepCounts counts;
  ReportFiles report;
  {
    const Reader reader = Reader::snapshot(database);
    // First: who is at work is asked of the system, and may end while the report is drawn from what was.
    counts = count_runs(reader, study.name);
    if (const std::string note = older_code_note(reader, study); !note.empty())
      console.err << "note: " << note;
    if (const std::string note = repeats_note(reader, study); !note.empty()) console.err << "note: " << note;
    report = current_report(reader, study, database, folder);
    for (const std::string& warning : report.warnings) console.err << "note: " << warning << "\n";
    print_end(console, given, report, reader, study.name, counts);
  }
  // Whoever writes waits for those that read: not for this process, too.
  record_looks(report, database, console);
  settle_log(database);  // reading left SQLite's files beside it
  if (counts.failed + counts.diverged > 0) return exit_runs_failed;
  return counts.left > counts.running ? exit_interrupted : exit_done;  // one was asked to stop
}

/// What the stages share.
struct RunData {
  DatasetCache sets;
  AuditCache audits;
};

/// Trains what is left of a stage of the study.
StageEnd train(Console& console, const RunOptions& options, const Study& study, RunData& data,
               const std::filesystem::path& database) {
  const Stopwatch watch;
  const bool talks = !options.quiet && !options.json;
  if (talks)
    console.err << fmt::format("{}{}{}\n", study.name, study.question.empty() ? "" : ": ", study.question)
                << baseline_advice(study);
  SweepOptions sweep_options;
  sweep_options.retry_failed = options.retry_failed;
  sweep_options.replan = options.replan;
  sweep_options.audit.near_threshold = options.near;
  sweep_options.audits = &data.audits;
  sweep_options.jobs = static_cast<int>(options.jobs);
  SweepResult result;
  {
    InterruptFlag interrupt(InterruptFlag::At::once);
    sweep_options.before_writing = [&] { interrupt.wait_for_checks(); };
    sweep_options.at_once = &interrupt.hear_again();
    const Display display = options.json             ? Display::json
                            : options.quiet          ? Display::quiet
                            : console.terminal.draws ? Display::terminal
                                                     : Display::lines;
    const auto progress = make_progress(console, display, options.test);
    result = run_sweep(study, database, data.sets, sweep_options, *progress, interrupt.get());
  }
  if (result.interrupted) {
    console.err << fmt::format(
        "interrupted: {} of {} runs done; the same command resumes here, each run at its last whole epoch\n",
        result.counts.done, result.counts.runs);
    return StageEnd::interrupted;
  }
  if (talks) {
    console.err << fmt::format("trained {} runs in {}\n", result.trained, duration_text(watch.seconds()));
  }
  return result.counts.running > 0 ? StageEnd::others_at_work : StageEnd::all_done;
}

/// In words, of a study all of whose runs had ended before.
std::string nothing_trained(const Study& study, const std::filesystem::path& database) {
  const SweepCounts counts = count_runs(Reader(database), study.name);
  if (counts.failed + counts.diverged > 0)
    return fmt::format("{}: nothing is left to train: {} of {} runs failed or diverged\n", study.name,
                       counts.failed + counts.diverged, counts.runs);
  return fmt::format("{}: everything is done; to train it again, use another --db or study name\n",
                     study.name);
}

/// Every stage of the study that has anything left, then its report.
int run_study(Console& console, const RunOptions& given, const Study& study,
              const std::filesystem::path& database, const std::filesystem::path& folder) {
  RunData data;
  bool trained = false;
  const auto say = [&](const std::string& line) {
    if (!given.quiet && !given.json) console.err << line << "\n";
  };
  const auto train_stage = [&](const Study& stage, const std::string& what) {
    if (nothing_left(stage, database, given.retry_failed)) {
      describe_again(stage, database);
      return StageEnd::all_done;
    }
    trained = true;
    if (!what.empty()) say(what);
    return train(console, given, stage, data, database);
  };
  const StageReport report = run_stages(study, database, train_stage, say);
  if (report.end == StageEnd::interrupted) return exit_interrupted;
  if (report.end == StageEnd::others_at_work) {
    settle_log(database);
    console.err << fmt::format(
        "{}: others are at work on what this stage still lacks; whoever ends it goes on, and the "
        "same command reports\n",
        study.name);
    return exit_done;
  }
  if (!trained && !given.json) console.err << nothing_trained(study, database);
  return finish(console, given, report.study, database, folder);
}

void declare_run_options(Options& options, RunOptions& given) {
  options.positional("STUDY.yaml", given.file, true, "the study file");
  add_sending_options(options, given.sending);
  add_database_option(options, given.database);
  add_set_option(options, given.sets);
  given.jobs = std::max(1u, std::thread::hardware_concurrency());
  options.count("jobs,j", "N", given.jobs, 1,
                "worker processes, each with one thread; default: the cores of this machine");
  options.text("out", "DIR", given.out, "the report's folder; default: reports/<study>");
  options.optional_number("near", "LEVELS", given.near, usual_near_threshold, 0,
                          fmt::format("let the audit search for near-duplicates too, within a mean absolute "
                                      "difference of LEVELS grey levels of 255 ({} where none is given)",
                                      usual_near_threshold));
  options.flag("replan", given.replan,
               "continue although results no longer match the changed study file: they are set aside "
               "and new runs are trained");
  options.flag("retry-failed", given.retry_failed, "train failed and diverged runs again");
  options.flag("quiet,q", given.quiet, "print only what failed and where the report is");
  options.flag("json", given.json, "print every event as one JSON object per line on stdout");
  options.flag("test", given.test,
               "also show test accuracy while training, which tempts one to select by it; default: "
               "validation only");
  options.flag("serve", given.serve, "show the live page as well, while this runs: `ablate serve`");
}

/// `--serve`: the page stays until the command ends. No thread may run yet.
std::unique_ptr<PageBeside> page_beside(bool asked, const std::filesystem::path& database, Console& console) {
  if (!asked) return nullptr;
  auto page = std::make_unique<PageBeside>(database, LiveOptions{.next_free = true});
  console.err << fmt::format("live page: {}\nit ends with this command; afterwards: ablate serve --db {}\n",
                             page->address(), shell_word(database.string()))
              << std::flush;
  return page;
}

}  // namespace

int run_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  RunOptions given;
  Options options(self);
  declare_run_options(options, given);
  if (!options.parse(arguments, console)) return exit_done;
  check_sending(given.sending);

  const Study study = load_study_file(given.file, given.sets, console);
  const std::filesystem::path database = database_path(given.database);
  const std::filesystem::path folder = report_folder(given.out, study.name);
  check_folder(folder);
  if (given.sending.asked()) {
    given.sending.replan = given.replan, given.sending.retry_failed = given.retry_failed;
    given.sending.quiet = given.quiet, given.sending.near = given.near;
    if (const auto code = send_study(console, given.sending, study, database)) return *code;
  }
  if (!given.sending.asked() && !given.quiet && !given.json) tell_elsewhere(console, database, study.name);
  const auto page = page_beside(given.serve, database, console);
  return run_study(console, given, study, database, folder);
}

}  // namespace ablate
