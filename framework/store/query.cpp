#include "ablate/store/query.hpp"

#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <sqlite3.h>

#include "ablate/base/error.hpp"
#include "ablate/base/place.hpp"
#include "ablate/store/connection.hpp"
#include "ablate/store/query_guard.hpp"

namespace ablate {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

constexpr const char* only_reads =
    "a query only reads: SELECT, WITH, VALUES, EXPLAIN, PRAGMA table_info(run)";

/// A query's text on an open file, with its guard.
class Session {
 public:
  Session(const std::filesystem::path& path, const std::string& sql, double seconds)
      : path_(path),
        sql_(sql),
        seconds_(seconds),
        database_(open_for_reading(path)),
        guard_(handle(), seconds) {}

  /// The one statement of the text.
  Prepared prepare() {
    const char* rest = sql_.c_str();
    Prepared statement = next_statement(rest);
    if (!statement)
      throw RequestError("the query holds no statement", "ablate query 'SELECT * FROM results'");
    const auto second_at = rest - sql_.c_str();
    if (next_statement(rest)) {
      throw RequestError("more than one statement in a query" + place_in(sql_, second_at),
                         "ask one at a time");
    }
    if (!sqlite3_stmt_readonly(statement.get()) || sqlite3_column_count(statement.get()) == 0) {
      throw RequestError("the query gives no rows", only_reads);
    }
    return statement;
  }

  /// True when there is a row.
  bool step(sqlite3_stmt* statement) {
    const auto timed = guard_.timed();
    const int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) fail(result);
    return result == SQLITE_ROW;
  }

 private:
  sqlite3* handle() const { return database_.getHandle(); }

  /// Past empty statements; null at the end of the text.
  Prepared next_statement(const char*& rest) {
    while (*rest != '\0') {
      sqlite3_stmt* statement = nullptr;
      const char* begin = rest;
      const int result = sqlite3_prepare_v2(handle(), begin, -1, &statement, &rest);
      if (result != SQLITE_OK) fail(result, begin - sql_.c_str());
      if (statement) return Prepared(statement);
    }
    return nullptr;
  }

  [[noreturn]] void fail(int result, std::ptrdiff_t begin = 0) {
    const std::string message = sqlite3_errmsg(handle());
    const int offset = sqlite3_error_offset(handle());
    const std::string place = offset < 0 ? "" : place_in(sql_, begin + offset);
    switch (result & 0xff) {
      case SQLITE_INTERRUPT:
        throw RequestError(fmt::format("the query was stopped after {} s", seconds_),
                           "narrow it with WHERE or LIMIT, or allow it more time");
      case SQLITE_AUTH:
        throw RequestError("refused: the query would " + guard_.refused(), only_reads);
      case SQLITE_ERROR:
      case SQLITE_TOOBIG:
      case SQLITE_RANGE:
      case SQLITE_MISMATCH:
        throw RequestError(fmt::format("{}{}", message, place), name_hint(handle(), message));
      default:
        blame(SQLite::Exception(message, result), path_);
    }
  }

  const std::filesystem::path& path_;
  const std::string& sql_;
  double seconds_;
  SQLite::Database database_;
  QueryGuard guard_;
};

Value value_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    default:
      break;
  }
  const bool blob = sqlite3_column_type(statement, column) == SQLITE_BLOB;
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  const std::string_view content(bytes ? bytes : "",
                                 static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
  if (!blob) return std::string(content);
  std::string text = "x'";
  for (const char byte : content) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text + "'";
}

std::vector<std::string> names_of(sqlite3_stmt* statement) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement); ++i)
    names.emplace_back(sqlite3_column_name(statement, i));
  return names;
}

}  // namespace

bool run_query(const std::filesystem::path& database, const std::string& sql, const QueryLimits& limits,
               const QuerySink& sink) {
  if (const auto zero = sql.find('\0'); zero != std::string::npos) {
    throw RequestError(fmt::format("the query holds a zero byte at {}", zero), "give it as plain text");
  }
  Session session(database, sql, limits.seconds);
  const Prepared statement = session.prepare();
  const std::vector<std::string> names = names_of(statement.get());
  if (sink.columns) sink.columns(names);
  std::vector<Value> row(names.size());
  for (std::size_t rows = 0; session.step(statement.get()); ++rows) {
    if (limits.rows > 0 && rows == limits.rows) return true;
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = value_of(statement.get(), static_cast<int>(i));
    if (sink.row) sink.row(row);
  }
  return false;
}

}  // namespace ablate
