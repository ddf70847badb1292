#include "store/staging.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "store/connection.hpp"
#include "store/merge_tables.hpp"
#include "store/schema.hpp"
#include "store/study_rows.hpp"

namespace ablate {
namespace {

/// A database of that version without a row, with nobody else to fear.
SQLite::Database fresh(const std::filesystem::path& path, int schema) {
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  migrate(database, path.string(), schema);
  return database;
}

}  // namespace

void refuse_foreign(const std::filesystem::path& source) {
  throw RequestError(fmt::format("{} is not an export of ablate", source.string()),
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

struct Staging::State {
  State(const std::filesystem::path& database, int schema)
      : connection(guarded(database, [&] { return fresh(database, schema); }), database),
        known(exported_tables(connection)),
        transaction(connection.database()) {}

  Connection connection;
  std::vector<ExportedTable> known;
  SQLite::Transaction transaction;
  std::vector<std::string> begun;
  std::string insert;
  std::size_t columns = 0;
  std::int64_t rows = 0;
};

Staging::Staging(const std::filesystem::path& database, const std::filesystem::path& source,
                 std::int64_t schema)
    : source_(source), state_(std::make_unique<State>(database, static_cast<int>(schema))) {}

Staging::~Staging() = default;

void Staging::refuse(const std::string& why) const {
  throw RequestError(fmt::format("{} is not a whole export of ablate: {}", source_.string(), why),
                     "was it cut short, or changed? export the study again");
}

void Staging::check_table(const std::string& table) const {
  if (std::find(state_->begun.begin(), state_->begun.end(), table) != state_->begun.end())
    refuse(fmt::format("the table '{}' twice", table));
  const auto is_it = [&](const ExportedTable& known) { return known.name == table; };
  const bool was_exported = table == "stop_request";  // by older programs; nothing takes it further
  if (!was_exported && std::none_of(state_->known.begin(), state_->known.end(), is_it))
    refuse(fmt::format("a table '{}'", table));
}

void Staging::begin(const std::string& table, const std::vector<std::string>& columns) {
  check_table(table);
  state_->begun.push_back(table);
  const std::vector<std::string> known = columns_of(state_->connection, table);
  for (const std::string& column : columns) {
    if (std::find(known.begin(), known.end(), column) == known.end())
      refuse(fmt::format("a column '{}' of {}", column, table));
  }
  if (columns.empty()) refuse(fmt::format("a table {} without columns", table));
  std::string places = "?";
  for (std::size_t i = 1; i < columns.size(); ++i) places += ", ?";
  state_->insert = fmt::format("INSERT INTO {}({}) VALUES ({})", table, listed(columns), places);
  state_->columns = columns.size();
  state_->rows = 0;
}

void Staging::row(const std::vector<SqlValue>& values) {
  ++state_->rows;
  const std::string& table = state_->begun.back();
  if (values.size() != state_->columns) {
    refuse(fmt::format("row {} of {} has {} values for {} columns", state_->rows, table, values.size(),
                       state_->columns));
  }
  try {
    Query insert(state_->connection, state_->insert);
    for (const SqlValue& value : values) insert << value;
    insert.run();
  } catch (const SQLite::Exception& error) {
    const int code = error.getErrorCode() & 0xff;
    if (code != SQLITE_CONSTRAINT && code != SQLITE_MISMATCH && code != SQLITE_ERROR)
      blame(error, state_->connection.path());
    refuse(fmt::format("row {} of {} breaks the schema ({})", state_->rows, table, error.what()));
  }
}

void Staging::finish() {
  if (std::find(state_->begun.begin(), state_->begun.end(), "study") == state_->begun.end())
    refuse("no table 'study'");
  Connection& connection = state_->connection;
  connection.guard([&] {
    state_->transaction.commit();
    Query lost(connection, "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1");
    if (lost.next()) {
      std::string table, parent;
      lost >> table >> parent;
      refuse(fmt::format("a row of {} points to a {} that is not there", table, parent));
    }
  });
  connection.guard([&] { migrate(connection.database(), source_.string()); });
}

}  // namespace ablate
