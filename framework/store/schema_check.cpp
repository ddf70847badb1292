#include "store/schema_check.hpp"

#include <map>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "store/schema.hpp"

namespace ablate {
namespace {

/// Type and name of each table, view and trigger, with the text that made it.
using SchemaTexts = std::map<std::pair<std::string, std::string>, std::string>;

SchemaTexts schema_texts(SQLite::Database& database) {
  SQLite::Statement query(database,
                          "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE type <> 'index' "
                          "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  SchemaTexts texts;
  while (query.executeStep()) {
    texts[{query.getColumn(0).getString(), query.getColumn(1).getString()}] = query.getColumn(2).getString();
  }
  return texts;
}

SchemaTexts expected_texts(int version) {
  const auto make = [](int up_to) {
    SQLite::Database fresh(":memory:", SQLite::OPEN_READWRITE);
    migrate(fresh, up_to);
    return schema_texts(fresh);
  };
  static const SchemaTexts ours = make(schema_version());
  return version == schema_version() ? ours : make(version);
}

}  // namespace

std::vector<std::string> schema_faults(SQLite::Database& database, int version) {
  const SchemaTexts expected = expected_texts(version);
  const SchemaTexts found = schema_texts(database);
  std::vector<std::string> faults;
  for (const auto& [what, text] : expected) {
    const auto& [type, name] = what;
    const auto there = found.find(what);
    if (there == found.end()) {
      faults.push_back(fmt::format("{} {} is not there", type, name));
    } else if (there->second != text) {
      faults.push_back(fmt::format("{} {} is not as ablate makes it", type, name));
    }
  }
  for (const auto& [what, text] : found) {
    const auto& [type, name] = what;
    if (type != "table" && !expected.contains(what))
      faults.push_back(fmt::format("{} {} is none of ablate's", type, name));
  }
  return faults;
}

void check_schema(SQLite::Database& database, const std::filesystem::path& path, int version) {
  constexpr std::size_t shown = 5;
  std::vector<std::string> faults = schema_faults(database, version);
  if (faults.empty()) return;
  const std::size_t more = faults.size() > shown ? faults.size() - shown : 0;
  faults.resize(faults.size() - more);
  if (more > 0) faults.push_back(fmt::format("and {} more", more));
  throw RequestError(
      fmt::format("{} does not have the schema it should have: {}", path.string(), fmt::join(faults, "; ")),
      "was it changed by hand, or does it come from a stranger? `sqlite3 FILE .schema` shows it; drop what is "
      "foreign, or name another file with --db");
}

}  // namespace ablate
