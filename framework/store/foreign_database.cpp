#include "store/foreign_database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "base/error.hpp"

namespace ablate {

struct ForeignDatabase::State {
  std::filesystem::path path;
  SQLite::Database database;
};

namespace {

Value column_value(const SQLite::Column& column) {
  if (column.isNull()) return {};
  if (column.isInteger()) return std::int64_t{column.getInt64()};
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

}  // namespace

ForeignDatabase::ForeignDatabase(const std::filesystem::path& path) {
  try {
    state_ =
        std::make_unique<State>(State{path, SQLite::Database(path.string(), SQLite::OPEN_READONLY, 10'000)});
    state_->database.execAndGet("SELECT count(*) FROM sqlite_schema");
  } catch (const SQLite::Exception& error) {
    throw RequestError(fmt::format("cannot read {}: {}", path.string(), error.what()));
  }
}

ForeignDatabase::~ForeignDatabase() = default;

void ForeignDatabase::require(const std::string& table, const std::vector<std::string>& columns) const {
  for (const std::string& column : columns) {
    SQLite::Statement query(state_->database, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    query.bind(1, table);
    query.bind(2, column);
    if (query.executeStep()) continue;
    throw RequestError(fmt::format("{} has no column {} in a table {}", state_->path.string(), column, table),
                       "is it of another program, or of another version of it?");
  }
}

void ForeignDatabase::select(const std::string& sql,
                             const std::function<void(const std::vector<Value>&)>& row) const {
  try {
    SQLite::Statement query(state_->database, sql);
    std::vector<Value> values(static_cast<std::size_t>(query.getColumnCount()));
    while (query.executeStep()) {
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = column_value(query.getColumn(static_cast<int>(i)));
      row(values);
    }
  } catch (const SQLite::Exception& error) {
    throw RequestError(fmt::format("cannot read {}: {}", state_->path.string(), error.what()));
  }
}

}  // namespace ablate
