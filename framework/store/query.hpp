#pragma once
/// Anybody's SQL on the results, read-only.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/value.hpp"

namespace ablate {

struct QueryLimits {
  std::size_t rows = 0;   ///< 0: all
  double seconds = 60.0;  ///< after this long the query is stopped with RequestError; 0: no limit
  std::uintmax_t temporary_bytes = std::uintmax_t{1} << 30;  ///< that sorting and grouping may put into files
  /// Called from a thread of the guard's own where the query goes on a second longer than that, because SQLite
  /// cannot stop within a single function (`instr` of 60 MB): it must end the process. Empty: such a function
  /// is waited for.
  std::function<void()> on_stuck = {};
};

/// Called once with the columns' names, then once a row, as they come: memory does not grow with the rows.
struct QuerySink {
  std::function<void(const std::vector<std::string>&)> columns;
  std::function<void(const std::vector<Value>&)> row;
};

/// Values of the parameters of a query's text, by their names without the colon.
using QueryParameters = std::map<std::string, Value>;

/// A value from a command line: "12" and "-1e-3" are numbers, anything else is text, and so is what is in
/// single quotes: "'12'".
Value parameter_value(const std::string& text);

/// Runs one statement on the file, opened read-only, behind an authorizer that allows reading and nothing
/// else (no write, attach, pragma that sets, extension). `parameters` takes the place of :name, @name or
/// $name in the text, one for each and none besides. Throws RequestError with SQLite's message and the place
/// in the text, and where a limit is reached: `limits.seconds`, 64 MiB of a value, 512 MiB of SQLite's
/// memory, `limits.temporary_bytes`. What `sink` got until then stays. True when the row limit cut the result.
bool run_query(const std::filesystem::path& database, const std::string& sql, const QueryLimits& limits,
               const QuerySink& sink, const QueryParameters& parameters = {});

}  // namespace ablate
