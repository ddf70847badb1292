#include "ablate/report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "ablate/base/error.hpp"
#include "ablate/base/suggest.hpp"
#include "ablate/report/escape.hpp"
#include "ablate/report/unicode.hpp"

namespace ablate {
namespace {

constexpr std::array<std::string_view, 5> names = {"table", "csv", "json", "markdown", "latex"};

using Escape = std::string (*)(std::string_view);

/// A number as people read it; texts escaped.
std::string shown(const Value& value, const Column& column, Escape escape) {
  if (const auto* text = std::get_if<std::string>(&value)) return escape(*text);
  const auto* number = std::get_if<double>(&value);
  if (number && column.decimals >= 0 && std::isfinite(*number)) {
    return fmt::format("{:.{}f}", *number, column.decimals);
  }
  return to_string(value);
}

std::vector<bool> right_aligned(const Table& table) {
  std::vector<bool> right;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Align align = table.columns[c].align;
    const bool text = std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
      return std::holds_alternative<std::string>(row[c]);
    });
    right.push_back(align == Align::right || (align == Align::automatic && !text && !table.rows.empty()));
  }
  return right;
}

using Grid = std::vector<std::vector<std::string>>;
using Cell = std::string (*)(const Value&, const Column&);

/// Every cell as text; the first line is the head.
Grid grid(const Table& table, Escape escape, Cell cell) {
  Grid lines(1);
  for (const Column& column : table.columns) lines.front().push_back(escape(column.name));
  for (const auto& row : table.rows) {
    auto& line = lines.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) line.push_back(cell(row[c], table.columns[c]));
  }
  return lines;
}

template <Escape escape>
std::string shown(const Value& value, const Column& column) {
  return shown(value, column, escape);
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string space(width - display_width(text), ' ');
  return right ? space + text : text + space;
}

std::string render_terminal(const Table& table) {
  Grid lines = grid(table, escape_terminal, shown<escape_terminal>);
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], display_width(line[c]));
  }
  auto& rule = *lines.emplace(lines.begin() + 1);
  for (const std::size_t width : widths) rule.emplace_back(width, '-');
  const std::vector<bool> right = right_aligned(table);
  std::string out;
  for (auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) line[c] = padded(line[c], widths[c], right[c]);
    std::string text = fmt::format("{}", fmt::join(line, "  "));
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + '\n';
  }
  return out;
}

std::string csv_cell(const Value& value, const Column&) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? escape_csv(*text) : to_string(value);
}

std::string render_csv(const Table& table) {
  std::string out;
  for (const auto& line : grid(table, escape_csv, csv_cell)) out += fmt::format("{}\n", fmt::join(line, ","));
  return out;
}

std::string json_value(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return json_text(*text);
  const auto* number = std::get_if<double>(&value);
  const bool null = std::holds_alternative<std::monostate>(value) || (number && !std::isfinite(*number));
  return null ? "null" : to_string(value);
}

std::vector<std::string> json_keys(const Table& table) {
  std::set<std::string> taken;
  std::vector<std::string> keys;
  for (const Column& column : table.columns) {
    std::string name = column.name;
    for (int copy = 2; !taken.insert(name).second; ++copy) name = fmt::format("{}_{}", column.name, copy);
    keys.push_back(json_text(name));
  }
  return keys;
}

std::string render_json(const Table& table) {
  if (table.rows.empty()) return "[]\n";
  const std::vector<std::string> keys = json_keys(table);
  std::string out = "[\n";
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    out += "  {";
    for (std::size_t c = 0; c < keys.size(); ++c) {
      out += fmt::format("{}{}: {}", c ? ", " : "", keys[c], json_value(table.rows[r][c]));
    }
    out += r + 1 < table.rows.size() ? "},\n" : "}\n";
  }
  return out + "]\n";
}

std::string render_markdown(const Table& table) {
  Grid lines = grid(table, escape_markdown, shown<escape_markdown>);
  auto& rule = *lines.emplace(lines.begin() + 1);
  for (const bool right : right_aligned(table)) rule.emplace_back(right ? "---:" : "---");
  std::string out;
  for (const auto& line : lines) out += fmt::format("| {} |\n", fmt::join(line, " | "));
  return out;
}

std::string latex_cell(const Value& value, const Column& column) {
  const std::string text = shown(value, column, escape_latex);
  if (std::holds_alternative<std::string>(value) || text.empty()) return text;
  if (text == "inf") return "$\\infty$";
  if (text == "-inf") return "$-\\infty$";
  return text.front() == '-' ? '$' + text + '$' : text;  // a minus, not a hyphen
}

std::string render_latex(const Table& table) {
  std::string out = "\\begin{tabular}{";
  for (const bool right : right_aligned(table)) out += right ? 'r' : 'l';
  out += "}\n\\toprule\n";
  const Grid lines = grid(table, escape_latex, latex_cell);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += fmt::format("{} \\\\\n{}", fmt::join(lines[i], " & "), i == 0 ? "\\midrule\n" : "");
  }
  return out + "\\bottomrule\n\\end{tabular}\n";
}

}  // namespace

std::vector<std::string> format_names() { return {names.begin(), names.end()}; }

Format parse_format(const std::string& name) {
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<Format>(found - names.begin());
  throw RequestError(fmt::format("unknown format '{}'", name), suggestion(name, format_names()));
}

std::string render(const Table& table, Format format) {
  switch (format) {
    case Format::table:
      return render_terminal(table);
    case Format::csv:
      return render_csv(table);
    case Format::json:
      return render_json(table);
    case Format::markdown:
      return render_markdown(table);
    case Format::latex:
      return render_latex(table);
  }
  throw std::invalid_argument("no such format");
}

TextTable text_table(const Table& table, std::string (*escape)(std::string_view)) {
  TextTable texts{{{}}, right_aligned(table)};
  for (const Column& column : table.columns) texts.lines.front().push_back(escape(column.name));
  for (const auto& row : table.rows) {
    auto& line = texts.lines.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) line.push_back(shown(row[c], table.columns[c], escape));
  }
  return texts;
}

}  // namespace ablate
