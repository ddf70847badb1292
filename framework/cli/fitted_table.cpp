#include "cli/fitted_table.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr std::size_t gap = 2, narrowest_text = 12;

using Places = std::vector<std::size_t>;

/// Every cell as text, and how wide each column is.
class Sheet {
 public:
  explicit Sheet(const Table& table) : text_(text_table(table, escape_terminal)) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      std::size_t widest = 0;
      for (const auto& line : text_.lines) widest = std::max(widest, display_width(line[c]));
      widths_.push_back(widest);
    }
  }

  std::size_t width(std::size_t column) const { return widths_[column]; }
  std::size_t width(const Places& columns) const {
    std::size_t sum = columns.empty() ? 0 : gap * (columns.size() - 1);
    for (const std::size_t c : columns) sum += widths_[c];
    return sum;
  }

  /// Makes texts shorter, the longest first, until the columns fit or no text is long.
  void cut(const Places& columns, std::size_t width) {
    while (this->width(columns) > width) {
      const auto longer = [&](std::size_t a, std::size_t b) {
        return (text_.right[a] ? 0 : widths_[a]) < (text_.right[b] ? 0 : widths_[b]);
      };
      const std::size_t longest = *std::max_element(columns.begin(), columns.end(), longer);
      if (text_.right[longest] || widths_[longest] <= narrowest_text) return;
      --widths_[longest];
    }
  }

  std::string block(const Places& columns) const {
    std::string text;
    for (std::size_t i = 0; i < text_.lines.size(); ++i) {
      text += line(text_.lines[i], columns);
      if (i == 0) text += rule(columns);
    }
    return text;
  }

 private:
  std::string line(const std::vector<std::string>& cells, const Places& columns) const {
    std::string text;
    for (const std::size_t c : columns) {
      const std::string shown = shorten(cells[c], widths_[c]);
      const std::string space(widths_[c] - std::min(widths_[c], display_width(shown)), ' ');
      text += (c == columns.front() ? "" : "  ") + (text_.right[c] ? space + shown : shown + space);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + '\n';
  }
  std::string rule(const Places& columns) const {
    std::vector<std::string> rules;
    for (const std::size_t c : columns) rules.emplace_back(widths_[c], '-');
    return fmt::format("{}\n", fmt::join(rules, "  "));
  }

  TextTable text_;
  std::vector<std::size_t> widths_;
};

bool is_constant(const Table& table, std::size_t column) {
  return std::all_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return row[column] == table.rows.front()[column]; });
}

/// "the same in every row: seed=1, leaked=no", broken into lines; nothing where `columns` is empty.
std::string constants_text(const Table& table, const Places& columns, std::size_t width) {
  if (columns.empty()) return {};
  std::string text = "the same in every row:";
  std::size_t used = display_width(text);
  for (const std::size_t c : columns) {
    const Table one{{table.columns[c]}, {{table.rows.front()[c]}}};
    const std::string value = text_table(one, escape_terminal).lines[1][0];
    const std::string words =
        shorten(fmt::format("{}={}{}", escape_terminal(table.columns[c].name), value.empty() ? "none" : value,
                            c == columns.back() ? "" : ","),
                width - 1);
    const bool breaks = used + 1 + display_width(words) > width;
    text += (breaks ? "\n" : " ") + words;
    used = (breaks ? 0 : used + 1) + display_width(words);
  }
  return text + '\n';
}

}  // namespace

std::string fitted_table(const Table& table, std::size_t width, const Fitting& fitting) {
  Places shown, constant;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool drops = fitting.drops_constants && c > 0 && table.rows.size() > 1 && is_constant(table, c);
    (drops ? constant : shown).push_back(c);
  }
  Sheet sheet(table);
  if (fitting.cuts_texts) sheet.cut(shown, width);
  std::string text;
  for (std::size_t next = 1; next <= shown.size();) {
    Places block = {shown.front()};
    while (next < shown.size() &&
           (block.size() == 1 || sheet.width(block) + gap + sheet.width(shown[next]) <= width)) {
      block.push_back(shown[next++]);
    }
    text += (text.empty() ? "" : "\n") + sheet.block(block);
    if (next >= shown.size()) break;
  }
  return text + constants_text(table, constant, width);
}

void print_table(Console& console, const Table& table, Format format, const Fitting& fitting) {
  if (format == Format::table && console.terminal.width > 0 && !table.columns.empty()) {
    console.out << fitted_table(table, static_cast<std::size_t>(console.terminal.width), fitting);
  } else {
    console.out << render(table, format);
  }
}

}  // namespace ablate
