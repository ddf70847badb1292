#pragma once
/// Anybody's SQL on the results, read-only.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ablate/base/value.hpp"

namespace ablate {

struct QueryLimits {
  std::size_t rows = 0;   ///< 0: all
  double seconds = 60.0;  ///< after this long the query is stopped with RequestError; 0: no limit
};

/// Called once with the columns' names, then once a row, as they come: memory does not grow with the rows.
struct QuerySink {
  std::function<void(const std::vector<std::string>&)> columns;
  std::function<void(const std::vector<Value>&)> row;
};

/// Runs one statement on the file, opened read-only, behind an authorizer that allows reading and nothing
/// else (no write, attach, pragma that sets, extension). Throws RequestError with SQLite's message and the
/// place in the text. True when the row limit cut the result.
bool run_query(const std::filesystem::path& database, const std::string& sql, const QueryLimits& limits,
               const QuerySink& sink);

}  // namespace ablate
