#pragma once
/// The one way to SQLite: opening, statements, transactions, blame. Private to framework/store.

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/value.hpp"
#include "store/file_checks.hpp"
#include "store/log.hpp"
#include "store/records.hpp"
#include "store/sql_value.hpp"

namespace ablate {

/// Turns what SQLite threw into RequestError that names the file and what to try. What only a mistake of ours
/// can cause (a broken constraint, misuse) becomes std::logic_error.
[[noreturn]] void blame(const SQLite::Exception& error, const std::filesystem::path& path);

/// Runs `body`; what SQLite throws in it goes through `blame`.
template <class Body>
decltype(auto) guarded(const std::filesystem::path& path, Body&& body) {
  try {
    return body();
  } catch (const SQLite::Exception& error) {
    blame(error, path);
  }
}

/// An open file with its name and the statements that were prepared on it, each kept for its next use. What was
/// written through it is in the file itself when it closes, where no reader holds that back.
class Connection {
 public:
  Connection(SQLite::Database database, std::filesystem::path path, std::optional<StillFile> still = {});
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  /// Runs `body` with SQLite's exceptions translated; of a file that is read without locks, RequestError where
  /// somebody wrote to it.
  template <class Body>
  decltype(auto) guard(Body&& body) const {
    return guarded(path_, [&]() -> decltype(auto) {
      if constexpr (std::is_void_v<decltype(body())>) {
        body();
        check_still();
      } else {
        decltype(auto) result = body();
        check_still();
        return result;
      }
    });
  }

  /// Throws RequestError where the file is read without locks and somebody has written to it.
  void check_still() const {
    if (still_) still_->check();
  }

  /// Runs `body` in one BEGIN IMMEDIATE transaction: all of it happens or nothing.
  template <class Body>
  auto transaction(Body&& body) {
    return guard([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      if constexpr (std::is_void_v<decltype(body())>) {
        body();
        transaction.commit();
      } else {
        auto result = body();
        transaction.commit();
        return result;
      }
    });
  }

  SQLite::Statement& statement(const std::string& sql);
  const SQLite::Database& database() const { return database_; }
  SQLite::Database& database() { return database_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  SQLite::Database database_;
  std::filesystem::path path_;
  std::optional<StillFile> still_;
  std::map<std::string, SQLite::Statement> statements_;
};

/// Opens the results file for writing: makes it where it is missing, migrates it, WAL, foreign keys on.
/// Refuses what Store promises to refuse.
SQLite::Database open_for_writing(const std::filesystem::path& path, int busy_milliseconds,
                                  int log_pages = usual_log_pages);

constexpr int writer_busy_milliseconds = 30'000;

/// The same for a file that must be there.
SQLite::Database open_existing(const std::filesystem::path& path,
                               int busy_milliseconds = writer_busy_milliseconds,
                               int log_pages = usual_log_pages);

constexpr int reader_busy_milliseconds = 10'000;

/// Opens the results file for reading only, never makes one. Refuses what Reader promises to refuse.
Connection open_for_reading(const std::filesystem::path& path,
                            int busy_milliseconds = reader_busy_milliseconds);

/// Its schema's version, which may be older than ours; refuses all else that `open_for_reading` refuses.
int version_for_reading(const std::filesystem::path& path);

/// What in its schema is not ours, which `open_for_reading` refuses.
std::vector<std::string> schema_faults_for_reading(const std::filesystem::path& path);

/// For ATTACH: the file, for reading only.
std::string read_only_uri(const std::filesystem::path& path);

/// One use of a statement: `<<` binds its parameters from left to right, `next` steps to a row, `>>` reads
/// the row's columns from left to right. It goes back to its beginning when the use ends, so that no read
/// lingers.
class Query {
 public:
  Query(Connection& connection, const std::string& sql) : statement_(connection.statement(sql)) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& operator<<(std::int64_t value) { return bind(value); }
  Query& operator<<(int value) { return bind(value); }
  Query& operator<<(bool value) { return bind(value ? 1 : 0); }
  Query& operator<<(double value) { return bind(value); }  ///< NaN becomes NULL
  Query& operator<<(const std::string& value) { return bind(value); }
  Query& operator<<(const char* value) { return bind(value); }
  Query& operator<<(const Value& value);
  Query& operator<<(std::span<const float> values);        ///< a blob: 4 bytes each, little-endian
  Query& operator<<(std::span<const std::uint8_t> bytes);  ///< a blob
  Query& operator<<(RunStatus value) { return *this << to_string(value); }
  Query& operator<<(SplitName value) { return *this << to_string(value); }
  Query& operator<<(const MetricSuite& suite);  ///< every metric, in the order of the table
  Query& operator<<(const SqlValue& value);

  /// Binds NULL for an empty text, and for the id 0.
  Query& text_or_null(const std::string& value);
  Query& id_or_null(std::int64_t value);

  /// How many columns a row has.
  std::size_t columns() const { return static_cast<std::size_t>(statement_.getColumnCount()); }
  /// True when there is a row (one more).
  bool next();
  /// Runs to the end; returns how many rows changed. May be bound and run again.
  int run();

  Query& operator>>(std::int64_t& value);
  Query& operator>>(int& value);
  Query& operator>>(bool& value);
  Query& operator>>(double& value);       ///< NULL becomes NaN
  Query& operator>>(std::string& value);  ///< NULL becomes ""
  Query& operator>>(Value& value);
  Query& operator>>(SqlValue& value);
  Query& operator>>(std::vector<float>& values);  ///< of a blob whose length is not a multiple of 4: nothing
  Query& operator>>(std::vector<std::uint8_t>& bytes);
  Query& operator>>(RunStatus& value);
  Query& operator>>(SplitName& value);
  Query& operator>>(MetricSuite& suite);
  template <class T>
  Query& operator>>(std::optional<T>& value) {
    if (statement_.isColumnNull(column_)) {
      value.reset();
      ++column_;
      return *this;
    }
    return *this >> value.emplace();
  }

  /// A column of `count_columns` in a row of that run; throws RequestError where it is none of our counts.
  Query& count(std::int64_t& value, std::int64_t run_id) {
    value = next_count(run_id);
    return *this;
  }
  Query& count(int& value, std::int64_t run_id) {
    value = static_cast<int>(next_count(run_id));
    return *this;
  }
  Query& count(std::optional<int>& value, std::int64_t run_id) {
    if (statement_.isColumnNull(column_)) return *this >> value;
    return count(value.emplace(), run_id);
  }

 private:
  template <class T>
  Query& bind(const T& value) {
    statement_.bind(++parameter_, value);
    return *this;
  }

  std::int64_t next_count(std::int64_t run_id);

  SQLite::Statement& statement_;
  int parameter_ = 0;
  int column_ = 0;
};

/// The metric columns, "accuracy, top3_accuracy, ..."; each behind `prefix`.
std::string metric_columns(const std::string& prefix = {});

}  // namespace ablate
