#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/mark_target.hpp"
#include "store/marks.hpp"

namespace ablate {

int archive_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string reference, database;
  bool undo = false;
  Options options(self);
  options.positional("STUDY|RUN", reference, true,
                     "a study's name; or a run's number, the start of its uuid, or study/variant/seed");
  options.flag("undo", undo, "show it again");
  add_database_option(options, database);
  if (!options.parse(arguments, console)) return exit_done;

  const Reader reader(database_path(database));
  const MarkTarget target = find_target(reader, reference);
  Marks marks(database_path(database));
  const bool changed =
      target.study ? marks.archive_study(target.study->id, !undo) : marks.archive_run(target.run.id, !undo);
  const char* said =
      undo ? (changed ? "is shown again" : "was not archived")
           : (changed ? "is archived: `ablate runs` shows it with --all only; nothing was deleted"
                      : "was archived already");
  console.err << fmt::format("{} {}\n", target.name, said);
  return exit_done;
}

}  // namespace ablate
