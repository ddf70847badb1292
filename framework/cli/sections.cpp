#include "cli/sections.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

#include <fmt/format.h>

#include "cli/fitted_table.hpp"
#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr std::size_t widest_text = 100;

/// Broken between words.
std::string wrapped(const std::string& text, std::size_t line_width) {
  std::string lines;
  std::size_t width = 0;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t columns = display_width(word);
    if (width > 0 && width + 1 + columns > line_width) {
      lines += '\n';
      width = 0;
    }
    if (width > 0) lines += ' ', ++width;
    lines += word;
    width += columns;
  }
  return lines;
}

}  // namespace

Sections::~Sections() {
  if (format_ == Format::json) out_ << (first_ ? "{}\n" : "}\n");
}

void Sections::begin(const std::string& title) {
  switch (format_) {
    case Format::json:
      out_ << (first_ ? "{" : ",") << json_text(title) << ": ";
      break;
    case Format::table:
      out_ << (first_ ? "" : "\n") << escape_terminal(title) << "\n\n";
      break;
    case Format::markdown:
      out_ << (first_ ? "" : "\n") << "## " << escape_markdown(title) << "\n\n";
      break;
    case Format::latex:
      out_ << (first_ ? "" : "\n") << "% " << printable_line(title) << "\n\n";
      break;
    case Format::csv:
      if (first_) out_ << "table,row,column,value\n";
      break;
  }
  first_ = false;
}

void Sections::add_cells(const std::string& title, const Table& table) {
  Table cells{{{"table"}, {"row"}, {"column"}, {"value"}}, {}};
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      cells.rows.push_back(
          {title, static_cast<std::int64_t>(row + 1), table.columns[column].name, table.rows[row][column]});
    }
  }
  const std::string text = render(cells, Format::csv);
  out_ << text.substr(text.find('\n') + 1);
}

void Sections::add(const std::string& title, const Table& table) {
  if (table.rows.empty()) return;
  begin(title);
  if (format_ == Format::csv) {
    add_cells(title, table);
  } else if (format_ == Format::table && width_ > 0) {
    out_ << fitted_table(table, width_, {.cuts_texts = false});
  } else {
    out_ << render(table, format_);
  }
}

void Sections::add(const std::string& title, const std::string& text) {
  if (text.empty()) return;
  begin(title);
  switch (format_) {
    case Format::json:
      out_ << json_text(text) << "\n";
      break;
    case Format::csv:
      add_cells(title, {{{"text"}}, {{text}}});
      break;
    case Format::table:
      out_ << wrapped(escape_terminal(text), width_ > 0 ? std::min(width_, widest_text) : widest_text)
           << "\n";
      break;
    case Format::markdown:
      out_ << escape_markdown(text) << "\n";
      break;
    case Format::latex:
      out_ << escape_latex(text) << "\n";
      break;
  }
}

void Sections::add_drawing(const std::string& title, const std::string& lines) {
  if (format_ != Format::table || lines.empty()) return;
  begin(title);
  std::istringstream drawn(lines);
  for (std::string line; std::getline(drawn, line);)
    out_ << (width_ > 0 ? shorten(line, width_) : line) << "\n";
}

}  // namespace ablate
