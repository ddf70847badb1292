#include "store/staging.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "store/merge_tables.hpp"
#include "store/schema.hpp"
#include "store/study_rows.hpp"

namespace ablate {
namespace {

/// A database of that version without a row, with nobody else to fear.
SQLite::Database fresh(const std::filesystem::path& path, int schema) {
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  migrate(database, schema);
  return database;
}

}  // namespace

void refuse_foreign(const std::filesystem::path& source) {
  throw RequestError(fmt::format("{} is no export of ablate", source.string()),
                     "ablate export json STUDY makes one; a results file can be imported too");
}

void check_export_head(const std::filesystem::path& source, const std::string& format, std::int64_t version,
                       std::int64_t schema) {
  if (format != export_format) refuse_foreign(source);
  if (version > export_version || schema > schema_version()) {
    throw RequestError(
        fmt::format("{} was made by a newer ablate (format {}, schema {}; this program knows {} "
                    "and {})",
                    source.string(), version, schema, export_version, schema_version()),
        "update this program");
  }
  if (version >= 1 && schema >= 1) return;
  throw RequestError(fmt::format("{} does not say which version it is", source.string()));
}

Staging::Staging(const std::filesystem::path& database, const std::filesystem::path& source,
                 std::int64_t schema)
    : source_(source),
      connection_(guarded(database, [&] { return fresh(database, static_cast<int>(schema)); }), database) {
  known_ = exported_tables(connection_);
  transaction_.emplace(connection_.database());
}

void Staging::refuse(const std::string& why) const {
  throw RequestError(fmt::format("{} is no whole export of ablate: {}", source_.string(), why),
                     "was it cut short, or changed? export the study again");
}

void Staging::check_table(const std::string& table) const {
  if (std::find(begun_.begin(), begun_.end(), table) != begun_.end())
    refuse(fmt::format("the table '{}' twice", table));
  const auto is_it = [&](const ExportedTable& known) { return known.name == table; };
  if (std::none_of(known_.begin(), known_.end(), is_it)) refuse(fmt::format("a table '{}'", table));
}

void Staging::begin(const std::string& table, const std::vector<std::string>& columns) {
  check_table(table);
  begun_.push_back(table);
  const std::vector<std::string> known = columns_of(connection_, table);
  for (const std::string& column : columns) {
    if (std::find(known.begin(), known.end(), column) == known.end())
      refuse(fmt::format("a column '{}' of {}", column, table));
  }
  if (columns.empty()) refuse(fmt::format("a table {} without columns", table));
  std::string places = "?";
  for (std::size_t i = 1; i < columns.size(); ++i) places += ", ?";
  insert_ = fmt::format("INSERT INTO {}({}) VALUES ({})", table, listed(columns), places);
  columns_ = columns.size();
  rows_ = 0;
}

void Staging::row(const std::vector<Cell>& cells) {
  ++rows_;
  const std::string& table = begun_.back();
  if (cells.size() != columns_) {
    refuse(fmt::format("row {} of {} has {} values for {} columns", rows_, table, cells.size(), columns_));
  }
  try {
    Query insert(connection_, insert_);
    for (const Cell& cell : cells) insert << cell;
    insert.run();
  } catch (const SQLite::Exception& error) {
    const int code = error.getErrorCode() & 0xff;
    if (code != SQLITE_CONSTRAINT && code != SQLITE_MISMATCH && code != SQLITE_ERROR)
      blame(error, connection_.path());
    refuse(fmt::format("row {} of {} breaks the schema ({})", rows_, table, error.what()));
  }
}

void Staging::finish() {
  if (std::find(begun_.begin(), begun_.end(), "study") == begun_.end()) refuse("no table 'study'");
  connection_.guard([&] {
    transaction_->commit();
    transaction_.reset();
    Query lost(connection_, "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1");
    if (lost.next()) {
      std::string table, parent;
      lost >> table >> parent;
      refuse(fmt::format("a row of {} points to a {} that is not there", table, parent));
    }
  });
  connection_.guard([&] { migrate(connection_.database()); });
}

}  // namespace ablate
