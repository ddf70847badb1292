#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include "base/suggest.hpp"
#include "store/query_guard.hpp"

namespace ablate {
namespace {

/// The first column of every row, `name` for ?1; empty where the statement fails.
std::vector<std::string> schema_texts(sqlite3* handle, const char* sql, const std::string& name = {}) {
  std::vector<std::string> found;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_text(statement, 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      if (text) found.emplace_back(text);
    }
  }
  sqlite3_finalize(statement);
  return found;
}

/// What is behind `beginning` in the message and behind its last dot, or nothing.
std::string name_after(const std::string& message, std::string_view beginning) {
  if (!message.starts_with(beginning)) return {};
  const std::string name = message.substr(beginning.size());
  return name.substr(name.rfind('.') + 1);
}

/// Which tables have a column that these have not.
std::string column_elsewhere(sqlite3* handle, const std::string& name) {
  constexpr std::ptrdiff_t most_told = 5;
  const auto tables =
      schema_texts(handle,
                   "SELECT DISTINCT s.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS p "
                   "WHERE s.type IN ('view', 'table') AND p.name = ?1 ORDER BY 1",
                   name);
  const auto end = tables.begin() + std::min(most_told, std::ssize(tables));
  return fmt::format("it is a column of {}{}", fmt::join(tables.begin(), end, ", "),
                     end == tables.end() ? "" : ", ...");
}

}  // namespace

std::string name_hint(sqlite3* handle, const std::string& message) {
  if (const std::string name = name_after(message, "no such table: "); !name.empty()) {
    return suggestion(
        name,
        schema_texts(handle, "SELECT name FROM sqlite_schema WHERE type IN ('view', 'table') ORDER BY 1"));
  }
  if (const std::string name = name_after(message, "no such column: "); !name.empty()) {
    const auto columns =
        schema_texts(handle,
                     "SELECT DISTINCT p.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS p "
                     "WHERE s.type IN ('view', 'table') ORDER BY 1");
    if (std::find(columns.begin(), columns.end(), name) != columns.end())
      return column_elsewhere(handle, name);
    const auto near = nearest(name, columns);
    return near
               ? fmt::format("did you mean '{}'? `PRAGMA table_info(results)` lists a table's columns", *near)
               : "`PRAGMA table_info(results)` lists a table's columns; write text in single quotes";
  }
  return {};
}

}  // namespace ablate
