#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "cli/import_runs.hpp"
#include "cli/interrupt.hpp"
#include "exchange/import.hpp"
#include "store/no_room.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

struct MergeRequest {
  MergeOptions options;
  std::string on_conflict, format = "table";
};

void add_merge_options(Options& options, MergeRequest& given) {
  options
      .text("on-conflict", "keep|take", given.on_conflict,
            "where two files hold different results of one run: keep the present ones, or take the "
            "new ones; default: name them and write nothing")
      .offers({"keep", "take"});
  options.flag("keep-apart", given.options.keep_apart,
               "add a different study whose name is taken as 'name (2)'");
  options.flag("dry-run", given.options.dry_run, "say what would be added, and write nothing");
  add_format_option(options, given.format);
}

OnConflict parse_conflict(const std::string& word) {
  if (word.empty()) return OnConflict::refuse;
  if (word == "keep") return OnConflict::keep;
  if (word == "take") return OnConflict::take;
  throw RequestError(fmt::format("--on-conflict is keep or take, not '{}'", word),
                     suggestion(word, std::vector<std::string>{"keep", "take"}));
}

Table table_of(const MergeReport& report) {
  Table table;
  table.columns = {{"from"},  {"study"}, {"stored_as"}, {"new"},    {"advanced"},
                   {"there"}, {"taken"}, {"kept"},      {"planned"}};
  for (const MergedStudy& study : report.studies) {
    table.rows.push_back({study.source.string(), study.name, study.stored_as, std::int64_t{study.runs_new},
                          std::int64_t{study.runs_advanced}, std::int64_t{study.runs_same},
                          std::int64_t{study.runs_taken}, std::int64_t{study.runs_kept},
                          std::int64_t{study.runs_planned}});
  }
  return table;
}

int merge(const std::vector<std::filesystem::path>& sources, const std::filesystem::path& into,
          MergeRequest& given, Console& console) {
  const Format format = parse_format(given.format);
  given.options.on_conflict = parse_conflict(given.on_conflict);
  const InterruptFlag interrupt;
  const MergeReport report = merge_any(sources, into, given.options, interrupt.get());
  if (report.interrupted) {
    console.err << "interrupted: nothing was written\n";
    return exit_interrupted;
  }
  const char* settled = given.options.on_conflict == OnConflict::take ? "taken" : "kept";
  for (const MergeConflict& conflict : report.conflicts)
    console.err << fmt::format(
        "{}: {}\n", settled,
        escape_terminal(conflict_text(conflict, conflict.source.string(), into.string())));
  for (const MergedStudy& study : report.studies) {
    for (const std::string& remark : study.remarks)
      console.err << fmt::format("note: study '{}' of {}: {}\n", escape_terminal(study.name),
                                 escape_terminal(study.source.string()), escape_terminal(remark));
  }
  if (given.options.dry_run) console.err << "dry run: nothing was written\n";
  print_table(console, table_of(report), format, {.cuts_texts = false});
  return exit_done;
}

void add_import_options(Options& options, ImportOptions& runs) {
  options.text("study", "NAME", runs.study, "of csv, tensorboard and mlflow: the name of the study");
  options.text(
      "seed", "KEY", runs.seed,
      "the parameter that holds a run's seed; default: seed, and where there is none, or with none, runs "
      "are numbered and compared unpaired");
  options.text(
      "factors", "KEY,...", runs.factors,
      "parameters that make the variants; default: all that vary, and the folders of TensorBoard runs that have "
      "none; with none, all runs are one variant");
  options.text(
      "baseline", "KEY=VALUE,...", runs.baseline,
      "the variant that others are compared with; the report asks about the key that is named first");
  options.texts("experiment", "NAME", runs.experiments,
                "of mlflow: the experiment whose runs are taken; may be repeated, to compare experiments");
  options.texts(
      "map", "THEIRS=OURS", runs.names,
      "a metric's name here: val/acc=validation.accuracy; may be repeated; of csv, a column is a metric if its name "
      "begins with train., validation. or test. (of CSVLogger also val_), or if it is named here, and a parameter otherwise");
  options.texts("metric", "NAME=up|down", runs.directions,
                "which way a metric outside the suite is better; may be repeated");
  options.text("primary", "SPLIT.METRIC", runs.primary,
               "what the report rests on; default: the first of test");
  options.text(
      "step", "epoch|every:N", runs.step,
      "what their steps are: epochs (the default), or N of them one epoch, of which the last value counts");
  options.text("select", "last|METRIC", runs.select,
               "the epoch that a run is judged by: the last, or the best by a metric, never one of test");
}

}  // namespace

int merge_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::vector<std::string> files;
  std::string into;
  MergeRequest given;
  Options options(self);
  options.rest("FILE...", files, 1, "results files, or exports of studies; they are only read");
  options.text("into", "FILE", into, "the results file that receives them all; created if missing");
  add_merge_options(options, given);
  if (!options.parse(arguments, console)) return exit_done;
  if (into.empty()) throw RequestError("merge: --into FILE is missing", std::string(self.example));
  return merge({files.begin(), files.end()}, into, given, console);
}

int import_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::vector<std::string> files;
  std::string database;
  MergeRequest given;
  Options options(self);
  options.rest(
      "FILE...", files, 1,
      "what ablate export wrote (JSON, SQLite, or the folder of CSV), or another results file; or csv, "
      "tensorboard or mlflow, and files or folders of those");
  add_database_option(options, database);
  add_merge_options(options, given);
  ImportOptions runs;
  add_import_options(options, runs);
  if (!options.parse(arguments, console)) return exit_done;
  const std::vector<std::string> kinds = {"csv", "tensorboard", "mlflow"};
  const std::filesystem::path into = database_path(database);
  try {
    if (files.size() > 1 && std::find(kinds.begin(), kinds.end(), files.front()) != kinds.end()) {
      runs.kind = files.front();
      runs.places.assign(files.begin() + 1, files.end());
      return import_runs(runs, into, console);
    }
    return merge({files.begin(), files.end()}, into, given, console);
  } catch (const NoRoom& error) {  // perhaps of the file that it is put together in
    throw RequestError(
        fmt::format("cannot import into {}: {}; nothing of it was kept", into.string(), error.why),
        error.mend + " and import again");
  }
}

}  // namespace ablate
