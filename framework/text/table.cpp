#include "text/table.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <sstream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "text/table_cells.hpp"
#include "text/table_writer.hpp"

namespace ablate {
namespace {

constexpr std::array<std::string_view, 5> names = {"table", "csv", "json", "markdown", "latex"};

}  // namespace

std::vector<std::string> format_names() { return {names.begin(), names.end()}; }

Format parse_format(const std::string& name) {
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<Format>(found - names.begin());
  throw RequestError(fmt::format("unknown format '{}'", name), suggestion(name, format_names()));
}

std::string render(const Table& table, Format format) {
  constexpr auto all = std::numeric_limits<std::size_t>::max();
  std::ostringstream out;
  TableWriter writer(out, format, table.columns, {all, all});
  for (const auto& row : table.rows) writer.row(row);
  writer.finish();
  return out.str();
}

TextTable text_table(const Table& table, std::string (*escape)(std::string_view)) {
  TextTable texts{{{}}, right_aligned(table.columns, table.rows)};
  for (const Column& column : table.columns) texts.lines.front().push_back(escape(column.name));
  for (const auto& row : table.rows) {
    auto& line = texts.lines.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) line.push_back(shown_cell(row[c], table.columns[c], escape));
  }
  return texts;
}

}  // namespace ablate
