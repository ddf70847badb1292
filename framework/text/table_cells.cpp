#include "text/table_cells.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "text/escape.hpp"

namespace ablate {

std::string shown_cell(const Value& value, const Column& column, std::string (*escape)(std::string_view)) {
  if (const auto* text = std::get_if<std::string>(&value)) return escape(*text);
  const auto* number = std::get_if<double>(&value);
  if (number && column.decimals >= 0 && std::isfinite(*number)) {
    return fmt::format("{:.{}f}", *number, column.decimals);
  }
  return to_string(value);
}

std::string csv_cell(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? escape_csv(*text) : to_string(value);
}

std::string json_cell(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return json_text(*text);
  const auto* number = std::get_if<double>(&value);
  const bool null = std::holds_alternative<std::monostate>(value) || (number && !std::isfinite(*number));
  return null ? "null" : to_string(value);
}

std::string latex_cell(const Value& value, const Column& column) {
  const std::string text = shown_cell(value, column, escape_latex);
  if (std::holds_alternative<std::string>(value) || text.empty()) return text;
  if (text == "inf") return "$\\infty$";
  if (text == "-inf") return "$-\\infty$";
  return text.front() == '-' ? '$' + text + '$' : text;  // a minus, not a hyphen
}

std::vector<std::string> json_keys(const std::vector<Column>& columns) {
  std::set<std::string> taken;
  std::vector<std::string> keys;
  for (const Column& column : columns) {
    std::string name = column.name;
    for (int copy = 2; !taken.insert(name).second; ++copy) name = fmt::format("{}_{}", column.name, copy);
    keys.push_back(json_text(name));
  }
  return keys;
}

std::vector<bool> right_aligned(const std::vector<Column>& columns,
                                const std::vector<std::vector<Value>>& rows) {
  std::vector<bool> right;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Align align = columns[c].align;
    const bool text = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
      return std::holds_alternative<std::string>(row[c]);
    });
    right.push_back(align == Align::right || (align == Align::automatic && !text && !rows.empty()));
  }
  return right;
}

}  // namespace ablate
