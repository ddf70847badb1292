#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/confirm.hpp"
#include "cli/mark_target.hpp"
#include "store/marks.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {

int stop_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string reference, database;
  Options options(self);
  options.positional("RUN", reference, true, "a run's number, the start of its uuid, or study/variant/seed");
  add_database_option(options, database);
  if (!options.parse(arguments, console)) return exit_done;

  const auto path = database_path(database);
  const Reader reader(path);
  const RunRecord run = reader.run(reference);
  if (run.status != RunStatus::running) {
    throw RequestError(
        fmt::format("{} is {}: there is nothing to stop", run_name(reader, run), to_string(run.status)),
        "ablate status lists the runs that are being trained");
  }
  Marks(path).ask_to_stop(run.id);
  console.err << fmt::format(
      "{} ends after its current epoch; the next `ablate run` of its study resumes it\n",
      run_name(reader, run));
  return exit_done;
}

int delete_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string study, database;
  bool yes = false;
  Options options(self);
  options.positional("STUDY", study, true, "a study's name; its runs and their results go with it");
  options.flag("yes", yes, "do it without asking");
  add_database_option(options, database);
  if (!options.parse(arguments, console)) return exit_done;

  const auto path = database_path(database);
  const Reader reader(path);
  const StudyRecord record = reader.study(study);
  std::size_t runs = 0;
  for (const RunRecord& run : reader.runs(record.id)) runs += run.status == RunStatus::planned ? 0 : 1;
  console.err << fmt::format("{} with {} that {} begun, in {}\n", escape_terminal(record.name),
                             counted(runs, "run"), runs == 1 ? "was" : "were", path.string());
  if (!yes && !is_confirmed(console, "delete it for good?")) {
    console.err << "nothing was deleted; --yes does it, and `ablate archive` only hides a study\n";
    return exit_done;
  }
  Marks(path).delete_study(record.id);
  console.err << fmt::format("deleted; `ablate gc` gives the space back\n");
  return exit_done;
}

}  // namespace ablate
