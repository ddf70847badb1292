#include "store/connection.hpp"

#include <array>
#include <bit>
#include <cstring>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "store/row_checks.hpp"

namespace ablate {
namespace {

/// The value of `T` whose text is `name`.
template <class T, std::size_t count>
T named(const std::array<T, count>& values, const std::string& name) {
  for (const T value : values) {
    if (to_string(value) == name) return value;
  }
  throw RequestError(fmt::format("a row of the results file holds '{}', which its checks rule out", name),
                     ask_doctor);
}

}  // namespace

Connection::Connection(SQLite::Database database, std::filesystem::path path, std::optional<StillFile> still)
    : database_(std::move(database)), path_(std::move(path)), still_(std::move(still)) {}

Connection::~Connection() {
  sqlite3* const handle = database_.getHandle();
  if (!handle || sqlite3_db_readonly(handle, "main") != 0 || log_bytes(path_) == 0) return;
  for (auto& [sql, statement] : statements_) statement.tryReset();
  checkpoint_log(handle, std::chrono::milliseconds(100));
}

Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

SQLite::Statement& Connection::statement(const std::string& sql) {
  const auto kept = statements_.find(sql);
  if (kept != statements_.end()) return kept->second;
  return statements_.try_emplace(sql, database_, sql).first->second;
}

Query::~Query() { statement_.tryReset(); }

Query& Query::operator<<(const Value& value) {
  struct Bind {
    Query& query;
    Query& operator()(std::monostate) const {
      query.statement_.bind(++query.parameter_);
      return query;
    }
    Query& operator()(std::int64_t number) const { return query << number; }
    Query& operator()(double number) const { return query << number; }
    Query& operator()(const std::string& text) const { return query << text; }
  };
  return std::visit(Bind{*this}, value);
}

Query& Query::operator<<(const MetricSuite& suite) {
  for (const Metric& metric : metric_table()) *this << suite.*metric.value;
  return *this;
}

Query& Query::operator<<(const SqlValue& value) {
  struct Bind {
    Query& query;
    Query& operator()(std::monostate) const { return query << Value(); }
    Query& operator()(std::int64_t number) const { return query << number; }
    Query& operator()(double number) const { return query << number; }
    Query& operator()(const std::string& text) const { return query << text; }
    Query& operator()(const Blob& bytes) const { return query << std::span(bytes); }
  };
  return std::visit(Bind{*this}, value);
}

Query& Query::text_or_null(const std::string& value) {
  return value.empty() ? *this << Value() : *this << value;
}

Query& Query::id_or_null(std::int64_t value) { return value == 0 ? *this << Value() : *this << value; }

bool Query::next() {
  column_ = 0;
  return statement_.executeStep();
}

int Query::run() {
  const int changed = statement_.exec();
  statement_.reset();
  parameter_ = 0;
  return changed;
}

Query& Query::operator>>(std::int64_t& value) {
  value = statement_.getColumn(column_++).getInt64();
  return *this;
}

Query& Query::operator>>(int& value) {
  value = statement_.getColumn(column_++).getInt();
  return *this;
}

std::int64_t Query::next_count(std::int64_t run_id) {
  const SQLite::Column column = statement_.getColumn(column_++);
  const std::int64_t value = column.getInt64(), highest = highest_count(column.getName());
  if (value >= 0 && value <= highest) return value;
  throw RequestError(
      fmt::format("{} of run {} is {}, which is not from 0 to {}", column.getName(), run_id, value, highest),
      ask_doctor);
}

Query& Query::operator>>(bool& value) {
  value = statement_.getColumn(column_++).getInt() != 0;
  return *this;
}

Query& Query::operator>>(double& value) {
  const SQLite::Column column = statement_.getColumn(column_++);
  value = column.isNull() ? MetricSuite::none : column.getDouble();
  return *this;
}

Query& Query::operator>>(std::string& value) {
  value = statement_.getColumn(column_++).getString();
  return *this;
}

Query& Query::operator>>(Value& value) {
  const SQLite::Column column = statement_.getColumn(column_++);
  if (column.isNull())
    value = std::monostate();
  else if (column.isInteger())
    value = column.getInt64();
  else if (column.isFloat())
    value = column.getDouble();
  else
    value = column.getString();
  return *this;
}

Query& Query::operator>>(SqlValue& value) {
  const SQLite::Column column = statement_.getColumn(column_);
  if (column.isBlob()) return *this >> value.emplace<Blob>();
  Value plain;
  *this >> plain;
  std::visit([&](auto& held) { value = std::move(held); }, plain);
  return *this;
}

Query& Query::operator<<(std::span<const float> values) {
  static_assert(std::endian::native == std::endian::little);
  statement_.bind(++parameter_, values.data(), static_cast<int>(values.size_bytes()));
  return *this;
}

Query& Query::operator>>(std::vector<float>& values) {
  const SQLite::Column column = statement_.getColumn(column_++);
  const auto bytes = static_cast<std::size_t>(column.getBytes());
  values.assign(bytes % sizeof(float) == 0 ? bytes / sizeof(float) : 0, 0.0f);
  if (!values.empty()) std::memcpy(values.data(), column.getBlob(), bytes);
  return *this;
}

Query& Query::operator<<(std::span<const std::uint8_t> bytes) {
  statement_.bind(++parameter_, bytes.data(), static_cast<int>(bytes.size()));
  return *this;
}

Query& Query::operator>>(std::vector<std::uint8_t>& bytes) {
  const SQLite::Column column = statement_.getColumn(column_++);
  const auto* data = static_cast<const std::uint8_t*>(column.getBlob());
  bytes.assign(data, data + column.getBytes());
  return *this;
}

Query& Query::operator>>(RunStatus& value) {
  using enum RunStatus;
  std::string name;
  *this >> name;
  value = named(std::array{planned, running, waiting, done, stopped, diverged, failed, interrupted}, name);
  return *this;
}

Query& Query::operator>>(SplitName& value) {
  std::string name;
  *this >> name;
  value = named(std::array{SplitName::train, SplitName::validation, SplitName::test}, name);
  return *this;
}

Query& Query::operator>>(MetricSuite& suite) {
  for (const Metric& metric : metric_table()) *this >> suite.*metric.value;
  return *this;
}

std::string metric_columns(const std::string& prefix) {
  std::string text;
  for (const Metric& metric : metric_table()) {
    text += fmt::format("{}{}{}", text.empty() ? "" : ", ", prefix, metric.name);
  }
  return text;
}

}  // namespace ablate
