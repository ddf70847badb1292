#include <algorithm>
#include <cmath>

#include "cli/show_page.hpp"
#include "metrics/metric_name.hpp"

namespace ablate {
namespace {

/// Metrics that the program did not report.
void drop_empty_rows(Table& table) {
  std::erase_if(table.rows, [](const std::vector<Value>& row) {
    return std::all_of(row.begin() + 1, row.end(), [](const Value& value) {
      const double* number = std::get_if<double>(&value);
      return number && std::isnan(*number);
    });
  });
}

/// The cell of a split; one that is not there yet gets a column.
Value& cell_of(Table& table, std::vector<Value>& row, const std::string& split) {
  for (std::size_t i = 1; i < table.columns.size(); ++i) {
    if (!table.columns[i].name.starts_with(split)) continue;
    row.resize(std::max(row.size(), i + 1));
    return row[i];
  }
  table.columns.push_back({split, 4});
  row.resize(table.columns.size());
  return row.back();
}

}  // namespace

void add_own_metrics(const RunPage& page, Table& table) {
  if (is_trained_elsewhere(page)) drop_empty_rows(table);
  std::map<std::string, std::size_t> places;
  for (const FreeValueAt& at : page.selected_values) {
    const auto [place, is_new] = places.try_emplace(at.value.metric, table.rows.size());
    if (is_new) table.rows.push_back({at.value.metric});
    const std::string split = at.value.split.empty() ? "run" : at.value.split;
    cell_of(table, table.rows[place->second], split) = at.value.value;
  }
  for (auto& row : table.rows) row.resize(table.columns.size());
}

Table values_table(const RunPage& page) {
  Table table{{{"epoch"}}, {}};
  std::map<std::string, std::size_t> columns;
  std::map<int, std::vector<Value>> rows;
  for (const FreeValueAt& at : page.values) {
    const std::string name = to_string(MetricName{at.value.split, at.value.metric});
    const auto [column, is_new] = columns.try_emplace(name, table.columns.size());
    if (is_new) table.columns.push_back({name, 4});
    auto& row = rows[at.epoch];
    row.resize(std::max(row.size(), column->second + 1));
    row[column->second] = at.value.value;
  }
  for (auto& [epoch, row] : rows) {
    row.resize(table.columns.size());
    row[0] = static_cast<std::int64_t>(epoch);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace ablate
