#include "store/query.hpp"

#include <charconv>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "base/place.hpp"
#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "store/connection.hpp"
#include "store/query_guard.hpp"

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
  Session(const std::filesystem::path& path, const std::string& sql, const QueryLimits& limits)
      : path_(path),
        sql_(sql),
        seconds_(limits.seconds),
        temporary_bytes_(limits.temporary_bytes),
        connection_(open_for_reading(path)),
        guard_(handle(), limits) {}

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
      throw RequestError("refused: the query gives no rows", only_reads);
    }
    return statement;
  }

  /// Gives each parameter of the statement its value.
  void bind(sqlite3_stmt* statement, const QueryParameters& parameters) const {
    std::set<std::string> names;
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
      const char* name = sqlite3_bind_parameter_name(statement, i);
      if (!name || *name == '?') {
        throw RequestError("the query has a parameter without a name", "name it: :study instead of ?");
      }
      const auto given = parameters.find(name + 1);
      if (given == parameters.end()) {
        throw RequestError(fmt::format("the query needs a value for {}", name),
                           fmt::format("--param {}=VALUE", name + 1));
      }
      bind_value(statement, i, given->second);
      names.insert(name + 1);
    }
    for (const auto& [name, value] : parameters) {
      if (names.contains(name)) continue;
      const std::vector<std::string> choices(names.begin(), names.end());
      throw RequestError(fmt::format("the query has no parameter :{}", name),
                         choices.empty() ? "it takes none" : suggestion(name, choices));
    }
  }

  /// True when there is a row.
  bool step(sqlite3_stmt* statement) {
    const auto timed = guard_.timed();
    const int result = sqlite3_step(statement);
    if (result != SQLITE_ROW) connection_.check_still();
    if (result != SQLITE_ROW && result != SQLITE_DONE) fail(result);
    return result == SQLITE_ROW;
  }

 private:
  sqlite3* handle() const { return connection_.database().getHandle(); }

  static void bind_value(sqlite3_stmt* statement, int place, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      sqlite3_bind_text64(statement, place, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      sqlite3_bind_int64(statement, place, *whole);
    } else if (const auto* number = std::get_if<double>(&value)) {
      sqlite3_bind_double(statement, place, *number);
    }  // else NULL, which a parameter is anyway
  }

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
        if (guard_.temporary_files_are_full()) {
          throw RequestError(
              fmt::format("the query needs more than {} MiB of temporary files", temporary_bytes_ >> 20),
              "sort and group fewer rows: narrow it with WHERE");
        }
        throw RequestError(fmt::format("the query was stopped after {} s", seconds_),
                           "narrow it with WHERE or LIMIT, or allow it more time");
      case SQLITE_NOMEM:
        throw RequestError(fmt::format("the query needs more than {} MiB of memory", query_memory >> 20),
                           "ask for less at a time: fewer or shorter values");
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
  std::uintmax_t temporary_bytes_;
  Connection connection_;
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
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * content.size() + 3);
  text += "x'";
  for (const char byte : content) {
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 15];
  }
  return text + "'";
}

std::vector<std::string> names_of(sqlite3_stmt* statement) {
  std::vector<std::string> names;
  for (int i = 0; i < sqlite3_column_count(statement); ++i)
    names.emplace_back(sqlite3_column_name(statement, i));
  return names;
}

}  // namespace

Value parameter_value(const std::string& text) {
  if (text.size() > 1 && text.front() == '\'' && text.back() == '\'') return text.substr(1, text.size() - 2);
  // Words that from_chars takes for numbers ("inf", "nan") are text.
  if (text.find_first_of("0123456789") == std::string::npos) return text;
  if (const auto whole = number_of<std::int64_t>(text)) return *whole;
  if (const auto number = number_of<double>(text)) return *number;
  return text;
}

bool run_query(const std::filesystem::path& database, const std::string& sql, const QueryLimits& limits,
               const QuerySink& sink, const QueryParameters& parameters) {
  if (const auto zero = sql.find('\0'); zero != std::string::npos) {
    throw RequestError(fmt::format("the query holds a zero byte at {}", zero), "give it as plain text");
  }
  Session session(database, sql, limits);
  const Prepared statement = session.prepare();
  session.bind(statement.get(), parameters);
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
