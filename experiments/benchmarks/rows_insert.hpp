#pragma once
/// Rows into a table by the hundred thousand.

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "metrics/metric_table.hpp"

namespace ablate {

/// Inserts rows into a table, many by one statement: one statement per row takes twice the time.
class RowsInsert {
 public:
  RowsInsert(const SQLite::Database& database, std::string table, std::string columns)
      : database_(database), table_(std::move(table)), columns_(std::move(columns)) {}

  /// So many calls of `put` follow, and are in the table after the last.
  void expect(int rows) {
    left_ = rows;
    take_statement();
  }

  /// A row; texts must live until the last.
  template <class... Values>
  void put(const Values&... values) {
    (bind(values), ...);
    if (++filled_ < in_statement_) return;
    statement_->exec();
    statement_->reset();
    left_ -= in_statement_;
    take_statement();
  }

 private:
  void bind(const std::string& text) { statement_->bindNoCopy(++place_, text); }
  void bind(int number) { statement_->bind(++place_, number); }
  void bind(std::int64_t number) { statement_->bind(++place_, number); }
  void bind(double number) { statement_->bind(++place_, number); }
  void bind(const MetricSuite& suite) {
    for (const Metric& metric : metric_table()) bind(suite.*metric.value);
  }

  void take_statement() {
    in_statement_ = std::min(left_, 50);
    filled_ = place_ = 0;
    const auto known = statements_.find(in_statement_);
    if (in_statement_ == 0 || known != statements_.end()) {
      if (in_statement_ > 0) statement_ = &known->second;
      return;
    }
    std::string row = "(?", sql = fmt::format("INSERT INTO {}({}) VALUES ", table_, columns_);
    for (const char c : columns_) row += c == ',' ? ", ?" : "";
    row += ')';
    for (int i = 0; i < in_statement_; ++i) sql += (i > 0 ? ", " : "") + row;
    statement_ = &statements_.try_emplace(in_statement_, database_, sql).first->second;
  }

  const SQLite::Database& database_;
  std::string table_, columns_;
  std::map<int, SQLite::Statement> statements_;  // by their rows
  SQLite::Statement* statement_ = nullptr;
  int left_ = 0, in_statement_ = 0, filled_ = 0, place_ = 0;
};

}  // namespace ablate
