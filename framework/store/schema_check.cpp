#include "store/schema_check.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "store/schema.hpp"
#include "store/views.hpp"

namespace ablate {
namespace {

/// Each table of the main file with the text that made it.
std::map<std::string, std::string> table_texts(SQLite::Database& database) {
  SQLite::Statement query(database, "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE type = 'table'");
  std::map<std::string, std::string> texts;
  while (query.executeStep()) {
    std::string name = query.getColumn(0).getString();
    if (!name.starts_with("sqlite_")) texts[std::move(name)] = query.getColumn(1).getString();
  }
  return texts;
}

void add_table_faults(SQLite::Database& database, std::vector<std::string>& faults) {
  const auto found = table_texts(database);
  for (const auto& [name, text] : our_tables()) {
    const auto there = found.find(name);
    if (there == found.end()) {
      faults.push_back(fmt::format("table {} is not there", name));
    } else if (there->second != text) {
      faults.push_back(fmt::format("table {} is not as ablate makes it", name));
    }
  }
}

/// Names that any version of ours has given to a view.
bool is_our_view(const std::string& name) { return name == "results" || name == "curves" || name == "tidy"; }

/// A trigger, a view, or a unique index on a table of ours (we make none) changes or refuses what we write.
void add_foreign(SQLite::Database& database, std::vector<std::string>& faults) {
  SQLite::Statement query(database,
                          "SELECT type, name, tbl_name FROM sqlite_schema WHERE type IN ('trigger', 'view') "
                          "OR (type = 'index' AND sql LIKE 'CREATE UNIQUE%')");
  while (query.executeStep()) {
    const std::string type = query.getColumn(0).getString(), name = query.getColumn(1).getString();
    if (type == "index" && !our_tables().contains(query.getColumn(2).getString())) continue;
    if (type != "view" || !is_our_view(name))
      faults.push_back(fmt::format("{} {} is none of ablate's", type, name));
  }
}

}  // namespace

const std::map<std::string, std::string>& our_tables() {
  static const auto texts = [] {
    SQLite::Database fresh(":memory:", SQLite::OPEN_READWRITE);
    make_schema(fresh);
    return table_texts(fresh);
  }();
  return texts;
}

std::vector<std::string> schema_faults(SQLite::Database& database, int version) {
  std::vector<std::string> faults;
  if (version == schema_version()) add_table_faults(database, faults);
  add_foreign(database, faults);
  return faults;
}

void check_schema(SQLite::Database& database, const std::string& file, int version, bool for_writing) {
  constexpr std::size_t shown = 5;
  std::vector<std::string> faults = schema_faults(database, version);
  if (faults.empty() && !for_writing && version == schema_version()) faults = view_faults(database);
  if (faults.empty()) return;
  const std::size_t more = faults.size() > shown ? faults.size() - shown : 0;
  faults.resize(faults.size() - more);
  if (more > 0) faults.push_back(fmt::format("and {} more", more));
  throw RequestError(
      fmt::format("{} does not have the schema it should have: {}", file, fmt::join(faults, "; ")),
      "was it changed by hand, or does it come from a stranger? `sqlite3 FILE .schema` shows its schema; "
      "`ablate doctor --migrate` rebuilds our views, the rest is yours to drop");
}

}  // namespace ablate
