#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/interrupted.hpp"
#include "base/shell_word.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/gathered_text.hpp"
#include "cli/interrupt.hpp"
#include "cli/sent_text.hpp"
#include "cli/work_place.hpp"
#include "runner/cluster/sent_places.hpp"
#include "runner/sweep.hpp"
#include "store/settle.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

Table counts_table(const std::string& study, const SweepCounts& counts, const GatheredResults& gathered) {
  Table table;
  table.columns = {{"study"}, {"runs"},      {"done"},     {"failed"},   {"diverged"}, {"stopped"},
                   {"left"},  {"collected"}, {"advanced"}, {"repeated"}, {"different"}};
  table.rows.push_back({study, std::int64_t{counts.runs}, std::int64_t{counts.done},
                        std::int64_t{counts.failed}, std::int64_t{counts.diverged},
                        std::int64_t{counts.stopped}, std::int64_t{counts.left}, std::int64_t{gathered.ended},
                        std::int64_t{gathered.advanced}, std::int64_t{gathered.repeated},
                        static_cast<std::int64_t>(gathered.differences.size())});
  return table;
}

/// Whoever collects expects something to be there.
void check_collecting(const std::vector<WorkFiles>& folders, const std::filesystem::path& database,
                      const std::string& study) {
  for (const WorkFiles& files : folders) check_work_folder(files, database, study);
  const WorkFiles& files = folders.front();
  std::error_code error;
  if (std::filesystem::is_directory(files.sends(), error)) return;
  std::string hint = "--work DIR names the work folder: `work` in the cluster file with which they were sent";
  if (const auto places = sent_places(database, study); !places.empty())
    hint = "they were sent to --work " + shell_word(places.back().folder().parent_path().string());
  throw RequestError(fmt::format("no runs of {} were sent to {}", study, files.folder().string()), hint);
}

}  // namespace

int collect_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string study, database, work, format = "table";
  Options options(self);
  options.positional("STUDY", study, true, "the study whose runs were sent");
  add_work_option(options, work);
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const std::filesystem::path path = database_path(database);
  const std::string name = Reader(path).study(study).name;  // refuses a wrong one
  const std::vector<WorkFiles> folders = work_folders(work, path, name);
  check_collecting(folders, path, name);
  const SendingTurn turn = take_turn(console, path);
  const InterruptFlag interrupt;
  GatheredResults gathered;
  try {
    gathered = gather_and_tell(console, path, name, folders, interrupt.get());
  } catch (const Interrupted&) {
    console.err << "interrupted: nothing was written\n";
    return exit_interrupted;
  }
  const SweepCounts counts = count_runs(Reader(path), name);
  settle_log(path);
  if (const SentRuns sent = sent_runs(folders, path, name); !sent.silent_tasks.empty())
    console.err << fmt::format("note: {}\n", escape_terminal(silent_text(sent)));
  console.out << render(counts_table(name, counts, gathered), chosen);
  const bool failed = counts.failed + counts.diverged > 0 || !gathered.differences.empty();
  return failed ? exit_runs_failed : exit_done;
}

}  // namespace ablate
