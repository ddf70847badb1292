#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"

namespace ablate {
namespace {

Table studies_table(const std::vector<StudyCounts>& studies, bool all) {
  Table table;
  table.columns = {{"study"},    {"variants"}, {"runs"},   {"done"},     {"running"},
                   {"to_train"}, {"stopped"},  {"failed"}, {"diverged"}, {"question", -1, Align::left}};
  if (all) table.columns.push_back({"archived"});
  for (const StudyCounts& row : studies) {
    if (row.study.archived && !all) continue;
    const std::int64_t left = row.planned + row.waiting + row.interrupted;
    const std::int64_t runs = left + row.running + row.done + row.stopped + row.failed + row.diverged;
    auto& cells = table.rows.emplace_back(std::vector<Value>{row.study.name, row.variants, runs, row.done,
                                                             row.running, left, row.stopped, row.failed,
                                                             row.diverged, row.study.question});
    if (all) cells.emplace_back(std::string(row.study.archived ? "yes" : "no"));
  }
  return table;
}

}  // namespace

int studies_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string database, format = "table";
  bool all = false;
  Options options(self);
  options.flag("all", all, "archived studies too");
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const std::vector<StudyCounts> studies = Reader(database_path(database)).counts();
  const Table table = studies_table(studies, all);
  print_table(console, table, chosen);
  if (studies.empty()) console.err << "no studies yet; begin with: ablate run configs/quickstart.yaml\n";
  if (studies.size() > table.rows.size()) {
    console.err << fmt::format("archived studies left out: {}; --all shows them\n",
                               studies.size() - table.rows.size());
  }
  return exit_done;
}

}  // namespace ablate
