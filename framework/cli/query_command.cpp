#include <istream>
#include <iterator>
#include <ostream>

#include <fmt/format.h>

#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/store/query.hpp"

namespace ablate {

int query_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string sql, database, format = "table";
  std::int64_t limit = 0;
  double seconds = QueryLimits{}.seconds;
  Options options(self);
  options.positional("SQL", sql, true, "one statement that reads; - takes it from standard input");
  options.count("limit", "N", limit, 0, "at most this many rows; default: all");
  options.number("timeout", "SECONDS", seconds, 0, "stop the query after so long; 0: never");
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  if (sql == "-") sql.assign(std::istreambuf_iterator<char>(console.in), {});
  Table table;
  const QuerySink sink{[&](const std::vector<std::string>& names) {
                         for (const std::string& name : names) table.columns.push_back({name});
                       },
                       [&](const std::vector<Value>& row) { table.rows.push_back(row); }};
  const bool cut = run_query(database_path(database), sql, {static_cast<std::size_t>(limit), seconds}, sink);
  console.out << render(table, chosen);
  if (cut) console.err << fmt::format("cut after {} rows by --limit\n", table.rows.size());
  return exit_done;
}

}  // namespace ablate
