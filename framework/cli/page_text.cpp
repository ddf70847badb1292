#include "cli/page_text.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "text/unicode.hpp"

namespace ablate {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t least_filled = 30;  // columns of a line that is worth filling

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Signs before a heading's title; 0: it is none.
std::size_t level_of(std::string_view line) {
  const std::size_t signs = line.find_first_not_of('#');
  return signs != 0 && signs != std::string_view::npos && line[signs] == ' ' ? signs : 0;
}

/// Without backticks, stars and brackets; what is in backticks is left alone.
std::string plain_line(std::string_view line) {
  std::string text;
  bool code = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::size_t close = line.find("](", i), end = line.find(')', i);
    if (line[i] == '`') {
      code = !code;
    } else if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      continue;
    } else if (!code && line[i] == '*') {
      continue;
    } else if (!code && line[i] == '[' && close != std::string_view::npos && close == line.find(']', i)) {
      text += plain_line(line.substr(i + 1, close - i - 1));
      i = end;
    } else {
      text += line[i];
    }
  }
  return text;
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  bool code = false;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '`') code = !code;
    if (line[i] == '|' && !code && line[i - 1] != '\\') {
      const std::size_t from = cell.find_first_not_of(' '), to = cell.find_last_not_of(' ');
      cells.push_back(from == std::string::npos ? "" : plain_line(cell.substr(from, to - from + 1)));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

/// The first columns one beside the other and the last one filled; where they leave it too little room, it
/// is below the one before it.
std::string table_text(const Rows& rows, std::size_t width) {
  const std::size_t columns = rows.front().size();
  std::vector<std::size_t> widths(columns, 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size() && c < columns; ++c)
      widths[c] = std::max(widths[c], display_width(row[c]));
  }
  std::size_t before = 0;
  for (std::size_t c = 0; c + 1 < columns; ++c) before += widths[c] + 2;
  const std::size_t beside = columns > 2 && before + least_filled > width ? columns - 2 : columns - 1;
  std::string text;
  for (auto row : rows) {
    row.resize(columns);
    std::string first = "  ";
    for (std::size_t c = 0; c < beside; ++c)
      first += row[c] + std::string(widths[c] - display_width(row[c]) + 2, ' ');
    const std::string below(display_width(first), ' ');
    text += filled(row[beside], first, width);
    if (beside + 1 < columns) text += filled(row[beside + 1], below, width);
  }
  return text;
}

/// Writes block after block: what belongs together is gathered until another kind of line comes.
class Writer {
 public:
  explicit Writer(std::size_t width) : width_(width) {}

  void write(const std::string& line) {
    if (line.starts_with("```")) {
      flush();
      code_ = !code_;
    } else if (code_) {
      text_ += line.empty() ? "\n" : fmt::format("    {}\n", line);
    } else if (line.starts_with("|")) {
      if (!paragraph_.empty()) flush();
      if (line.find_first_not_of("|-: ") != std::string::npos) rows_.push_back(cells_of(line));
    } else if (line.empty() || line.starts_with("<!--")) {
      flush();
      if (!text_.empty() && !text_.ends_with("\n\n")) text_ += "\n";
    } else if (level_of(line) > 0) {
      flush();
      text_ += plain_line(line.substr(level_of(line) + 1)) + "\n";
    } else if (paragraph_.empty() && line.starts_with("    ")) {
      text_ += line + "\n";
    } else {
      if (line.starts_with("- ") || !rows_.empty()) flush();
      paragraph_ += line + " ";
    }
  }

  std::string finish() {
    flush();
    while (text_.ends_with("\n\n")) text_.pop_back();
    return text_;
  }

 private:
  void flush() {
    if (!rows_.empty()) text_ += table_text(rows_, width_);
    const bool item = paragraph_.starts_with("- ");
    if (!paragraph_.empty())
      text_ += filled(plain_line(item ? paragraph_.substr(2) : paragraph_), item ? "- " : "", width_);
    rows_.clear();
    paragraph_.clear();
  }

  std::size_t width_;
  bool code_ = false;
  Rows rows_;
  std::string paragraph_, text_;
};

}  // namespace

std::string filled(std::string_view text, const std::string& first, std::size_t width) {
  std::string page = first;
  std::size_t at = display_width(first);
  const std::size_t begin = at;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const std::size_t size = display_width(word);
    if (at > begin && at + 1 + size > width) {
      page.append("\n").append(begin, ' ');
      at = begin;
    }
    if (at > begin) page += ' ', ++at;
    page += word;
    at += size;
  }
  page.erase(page.find_last_not_of(' ') + 1);
  return page + "\n";
}

std::string page_section(std::string_view page, std::string_view title) {
  std::string section;
  std::size_t level = 0;  // of the heading that was found
  bool code = false;
  for (const std::string& line : lines_of(page)) {
    if (line.starts_with("```")) code = !code;
    const std::size_t here = code ? 0 : level_of(line);
    if (level > 0 && here > 0 && (here <= level || title.empty())) return section;
    if (level > 0) section += line + "\n";
    if (level == 0 && here > 0 && (title.empty() || plain_line(line.substr(here + 1)) == title)) level = here;
  }
  if (level == 0) throw std::logic_error(fmt::format("the page has no heading '{}'", title));
  return section;
}

std::string first_table(std::string_view markdown) {
  std::string table;
  for (const std::string& line : lines_of(markdown)) {
    if (line.starts_with("|"))
      table += line + "\n";
    else if (!table.empty())
      break;
  }
  return table;
}

std::string terminal_text(std::string_view markdown, std::size_t width) {
  Writer writer(width);
  for (const std::string& line : lines_of(markdown)) writer.write(line);
  return writer.finish();
}

}  // namespace ablate
