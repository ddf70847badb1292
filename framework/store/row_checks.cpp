#include "store/row_checks.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "store/connection.hpp"

namespace ablate {
namespace {

/// What a row may not be: SQL that is true of such a row, and what is then wrong "in 2 rows".
struct Forbidden {
  std::string sql, fault;
};

/// The place behind a quoted text that begins at `at`.
std::size_t behind_quotes(std::string_view text, std::size_t at) {
  const std::size_t end = text.find(text[at], at + 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

/// The place of the parenthesis that closes the one at `open`.
std::size_t closing(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size();) {
    if (text[at] == '\'' || text[at] == '"') {
      at = behind_quotes(text, at);
      continue;
    }
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    if (depth == 0) return at;
    ++at;
  }
  return text.size();
}

bool is_count(std::string_view column) {
  return std::find(count_columns.begin(), count_columns.end(), column) != count_columns.end();
}

/// STRICT tables have these types; a REAL column turns whole numbers into its own.
std::vector<Forbidden> forbidden_types(Connection& connection, const std::string& table) {
  Query query(connection,
              "SELECT name, lower(type), \"notnull\" OR (pk AND lower(type) <> 'integer') FROM "
              "pragma_table_info(?) WHERE type IN ('INTEGER', 'REAL', 'TEXT', 'BLOB') ORDER BY cid");
  query << table;
  std::vector<Forbidden> forbidden;
  while (query.next()) {
    std::string name, type;
    bool required = false;
    query >> name >> type >> required;
    forbidden.push_back(
        {fmt::format("typeof(\"{}\") NOT IN ('{}'{})", name, type, required ? "" : ", 'null'"),
         fmt::format("{} holds something else than {}", name, type)});
    if (type != "integer" || !is_count(name)) continue;
    forbidden.push_back({fmt::format("\"{0}\" NOT BETWEEN 0 AND {1}", name, highest_count(name)),
                         fmt::format("{} is not from 0 to {}", name, highest_count(name))});
  }
  return forbidden;
}

/// Metrics that no results can have, in one pass over each table, which sums up nothing but the rows that have one.
void count_impossible(Connection& connection, const std::string& schema, std::vector<std::string>& faults) {
  const auto& metrics = metric_table();
  std::vector<std::string> columns, beyond;
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    beyond.push_back(fmt::format("{0} < ?{1} OR ({0} > ?{2} AND {0} <> ?{3})", metrics[i].name, 3 * i + 1,
                                 3 * i + 2, 3 * i + 3));
    columns.push_back(fmt::format("count(*) {1}, min(run_id) {1}, min({0}) {1}, max({0}) {1}",
                                  metrics[i].name, fmt::format("FILTER (WHERE {})", beyond.back())));
  }
  for (const char* table : {"epoch_metric", "run_metric"}) {
    Query query(connection, fmt::format("SELECT {} FROM {}.{} WHERE {}", fmt::join(columns, ", "), schema,
                                        table, fmt::join(beyond, " OR ")));
    for (const Metric& metric : metrics)
      query << metric.lowest - Metric::rounding << metric.highest + Metric::rounding << metric.beyond();
    if (!query.next()) continue;
    for (const Metric& metric : metrics) {
      std::int64_t rows = 0, run = 0;
      double low = 0.0, high = 0.0;
      query >> rows >> run >> low >> high;
      if (rows == 0) continue;
      faults.push_back(fmt::format("table {}: {} is beyond {} to {} in {} row{} (run {}: {} to {})", table,
                                   metric.name, metric.lowest, metric.highest, rows, rows == 1 ? "" : "s",
                                   run, low, high));
    }
  }
}

/// The same of metrics outside the suite.
void count_overflowing(Connection& connection, const std::string& schema, std::vector<std::string>& faults) {
  for (const char* table : {"epoch_value", "run_value"}) {
    Query query(connection,
                fmt::format("SELECT count(*), min(run_id) FROM {}.{} WHERE abs(value) > ?", schema, table));
    query << largest_value;
    std::int64_t rows = 0, run = 0;
    if (query.next()) query >> rows >> run;
    if (rows > 0)
      faults.push_back(fmt::format("table {}: value is beyond {} in {} row{} (of run {})", table,
                                   largest_value, rows, rows == 1 ? "" : "s", run));
  }
}

}  // namespace

std::int64_t highest_count(std::string_view column) {
  return column == "count" || column == "support" ? 1'000'000'000'000'000 : 1'000'000'000;
}

void check_value(std::int64_t run_id, int epoch, std::string_view split, std::string_view metric,
                 double value) {
  const MetricName name{std::string(split), std::string(metric)};
  const std::string what = impossible_text(to_string(name), value);
  if (what.empty()) return;
  throw RequestError(fmt::format("epoch {} of run {}: {}", epoch, run_id, what), ask_doctor);
}

std::vector<std::string> check_expressions(std::string_view create_table) {
  std::vector<std::string> expressions;
  constexpr std::string_view word = "CHECK";
  std::size_t at = 0;
  while ((at = create_table.find(word, at)) != std::string_view::npos) {
    const std::size_t open = create_table.find_first_not_of(" \n", at + word.size());
    at += word.size();
    if (open == std::string_view::npos || create_table[open] != '(') continue;
    const std::size_t end = closing(create_table, open);
    expressions.emplace_back(create_table.substr(open + 1, end - open - 1));
    at = end;
  }
  return expressions;
}

std::vector<std::string> broken_rows(Connection& connection, const std::string& table,
                                     std::string_view create_table) {
  std::vector<Forbidden> forbidden = forbidden_types(connection, table);
  for (const std::string& check : check_expressions(create_table))
    forbidden.push_back({fmt::format("NOT ({})", check), fmt::format("its check ({}) does not hold", check)});
  if (forbidden.empty()) return {};
  std::string counts;
  for (const Forbidden& each : forbidden)
    counts += fmt::format("{}count(*) FILTER (WHERE {})", counts.empty() ? "" : ", ", each.sql);
  Query query(connection, fmt::format("SELECT {} FROM {}", counts, table));
  std::vector<std::string> faults;
  if (!query.next()) return faults;
  for (const Forbidden& each : forbidden) {
    std::int64_t rows = 0;
    query >> rows;
    if (rows > 0)
      faults.push_back(
          fmt::format("table {}: {} in {} row{}", table, each.fault, rows, rows == 1 ? "" : "s"));
  }
  return faults;
}

std::vector<std::string> impossible_values(Connection& connection, const std::string& schema) {
  std::vector<std::string> faults;
  count_impossible(connection, schema, faults);
  count_overflowing(connection, schema, faults);
  return faults;
}

}  // namespace ablate
