#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/sent_text.hpp"
#include "cli/study_watch.hpp"
#include "cli/work_place.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

constexpr std::chrono::milliseconds between_pictures(500);

/// The study that is being trained, where there is one only; else the one that was begun last.
std::string study_to_watch(const Reader& reader, const std::string& named) {
  if (!named.empty()) return reader.study(named).name;
  std::vector<std::string> running;
  for (const StudyCounts& row : reader.counts()) {
    if (row.running > 0) running.push_back(row.study.name);
  }
  if (running.size() == 1) return running.front();
  if (running.empty())
    throw RequestError("nothing is being trained in this file", "ablate run STUDY.yaml, or another --db");
  throw RequestError("several studies are being trained",
                     fmt::format("name one: ablate watch {}", shell_word(running.front())));
}

/// Sleeps, but not through a Ctrl-C.
void pause(const std::atomic<bool>& stop) {
  constexpr std::chrono::milliseconds step(50);
  for (auto slept = step; slept <= between_pictures && !stop; slept += step)
    std::this_thread::sleep_for(step);
}

/// A study, and where its runs are that were sent to other machines.
struct StudyStatus {
  StudyCounts counts;
  SentRuns sent;
};

/// Runs that tasks on other machines have at work, as they were last published.
void add_sent(Table& table, const Reader& reader, const StudyStatus& study) {
  if (study.sent.running.empty()) return;
  for (const RunRecord& run : reader.runs(study.counts.study.id)) {
    const auto at = study.sent.running.find(run.uuid);
    if (at == study.sent.running.end()) continue;
    table.rows.push_back({run.id, study.counts.study.name, run.variant, run.seed,
                          std::int64_t{at->second.epochs}, Value(), Value(), Value(), Value(),
                          place_of(at->second)});
  }
}

Table status_table(const Reader& reader, const std::vector<StudyStatus>& studies) {
  Table table;
  table.columns = {{"run"},
                   {"study"},
                   {"variant"},
                   {"seed"},
                   {"epoch"},
                   {"of"},
                   {"validation.accuracy", 4},
                   {"images_per_second", 0},
                   {"since"},
                   {"worker"}};
  for (const StudyStatus& study : studies) {
    const StudyCounts& row = study.counts;
    for (const RunUnderWay& under_way : runs_under_way(reader, row.study.id)) {
      const EpochProgress& at = under_way.progress;
      table.rows.push_back({under_way.run.id, row.study.name, under_way.run.variant, under_way.run.seed,
                            std::int64_t{at.epoch}, at.epochs > 0 ? Value(std::int64_t{at.epochs}) : Value(),
                            number_or_null(at.validation_accuracy), number_or_null(at.samples_per_second),
                            under_way.started_at,
                            under_way.worker + (under_way.is_left_behind ? " (gone)" : "")});
    }
    add_sent(table, reader, study);
  }
  return table;
}

}  // namespace

int watch_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string study, database, work;
  bool test = false;
  Options options(self);
  options.positional("STUDY", study, false, "which study; default: the one that is being trained");
  add_work_option(options, work);
  options.flag("test", test, "show accuracy on test too; default: validation only");
  add_database_option(options, database);
  if (!options.parse(arguments, console)) return exit_done;

  const auto path = database_path(database);
  study = study_to_watch(Reader(path), study);
  const InterruptFlag interrupt;
  {
    const auto progress =
        make_progress(console, console.terminal.draws ? Display::terminal : Display::lines, test);
    StudyWatch watch(path, study, *progress);
    SentWatch sent(work_folders(work, path, study), path, study);
    for (bool goes_on = true; goes_on && !interrupt.get();) {
      const bool here = watch.look(), elsewhere = sent.look(console);
      goes_on = here || elsewhere;
      if (goes_on) pause(interrupt.get());
    }
  }
  const SweepCounts counts = count_runs(Reader(path), study);
  console.err << fmt::format("{}: {} of {} runs done, {} running, {} left\n", escape_terminal(study),
                             counts.done, counts.runs, counts.running, counts.left - counts.running);
  return interrupt.get() ? exit_interrupted : exit_done;
}

int status_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string study, database, work, format = "table";
  Options options(self);
  options.positional("STUDY", study, false, "only this study");
  add_database_option(options, database);
  add_work_option(options, work);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const auto path = database_path(database);
  const Reader reader(path);
  if (!study.empty()) reader.study(study);  // refuses a wrong name
  std::vector<StudyStatus> studies;
  for (StudyCounts& row : reader.counts()) {
    if (study.empty() ? row.study.archived : row.study.name != study) continue;
    SentRuns sent = sent_runs(work_folders(work, path, row.study.name), path, row.study.name);
    studies.push_back({std::move(row), std::move(sent)});
  }
  const Table table = status_table(reader, studies);
  if (!table.rows.empty() || chosen != Format::table)
    print_table(console, table, chosen, {.drops_constants = true});
  if (table.rows.empty()) console.err << "nothing is being trained\n";
  const bool any_gone = std::any_of(table.rows.begin(), table.rows.end(), [](const std::vector<Value>& row) {
    return to_string(row.back()).ends_with(" (gone)");
  });
  if (any_gone) console.err << "(gone): its worker has died; the next `ablate run` of its study resumes it\n";
  for (const auto& [row, sent] : studies) {
    const std::int64_t left = row.planned + row.waiting + row.interrupted;
    if (left + row.running + row.failed + row.diverged == 0 && study.empty()) continue;
    console.err << fmt::format("{}: {} done, {} running, {} left, {} failed, {} diverged\n",
                               escape_terminal(row.study.name), row.done, row.running, left, row.failed,
                               row.diverged);
    tell_sent(console, sent);
  }
  return exit_done;
}

}  // namespace ablate
