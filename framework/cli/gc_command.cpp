#include <ostream>

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/confirm.hpp"
#include "cli/fitted_table.hpp"
#include "store/gc.hpp"
#include "store/reader.hpp"

namespace ablate {
namespace {

Table savings_table(const GcReport& report) {
  Table table;
  table.columns = {{"what"}, {"count"}, {"rows"}, {"bytes"}};
  for (const GcItem& item : report.items)
    table.rows.push_back({item.what, item.count, item.rows, item.bytes});
  if (report.free_bytes > 0)
    table.rows.push_back({std::string("free pages"), Value(), Value(), report.free_bytes});
  return table;
}

}  // namespace

int gc_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  GcOptions chosen;
  std::string database, format = "table";
  bool yes = false;
  Options options(self);
  options.flag(
      "weights", chosen.weights,
      "also the weights of runs that ended, and what longer runs would resume from; `export predictions` then needs --retrain");
  options.flag("predictions", chosen.predictions,
               "also the predicted class of each test image; reports then have no interval over images");
  options.flag("obsolete", chosen.obsolete,
               "also runs that their study's newest plan lacks, with their numbers");
  options.flag("archived", chosen.archived, "also what is archived, with its numbers");
  options.flag("yes", yes, "do it without asking");
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format shown = parse_format(format);

  const auto path = database_path(database);
  { const Reader reader(path); }  // which refuses an older schema: to look must not write
  const GcReport found = collect_garbage(path, chosen, false);
  if (found.items.empty() && found.free_bytes == 0) {
    console.err << fmt::format("nothing to remove in {} ({})\n", path.string(), bytes_text(found.file_bytes));
    return exit_done;
  }
  print_table(console, savings_table(found), shown, {.cuts_texts = false});
  console.out << std::flush;
  if (!yes && !is_confirmed(console, "remove this for good?")) {
    console.err << "nothing was removed; --yes does it\n";
    return exit_done;
  }
  const GcReport done = collect_garbage(path, chosen, true);
  console.err << fmt::format("removed; {} has {} now, {} before\n", path.string(),
                             bytes_text(done.file_bytes), bytes_text(found.file_bytes));
  return exit_done;
}

}  // namespace ablate
