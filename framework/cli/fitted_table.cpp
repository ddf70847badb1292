#include "cli/fitted_table.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr std::size_t gap = 2, narrowest_text = 24;

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
    is_cut_ = true;
    while (this->width(columns) > width) {
      const auto longer = [&](std::size_t a, std::size_t b) {
        return (text_.right[a] ? 0 : widths_[a]) < (text_.right[b] ? 0 : widths_[b]);
      };
      const std::size_t longest = *std::max_element(columns.begin(), columns.end(), longer);
      if (text_.right[longest] || widths_[longest] <= narrowest_text) return;
      --widths_[longest];
    }
  }

  /// Its last column is broken into lines where it has no room.
  std::string block(const Places& columns, std::size_t width) {
    const std::size_t last = columns.back(), whole = widths_[last], used = this->width(columns) - whole;
    if (used + whole > width && width > used)
      widths_[last] = std::min(whole, std::max(width - used, narrowest_text));
    std::string text;
    for (std::size_t i = 0; i < text_.lines.size(); ++i) {
      std::vector<std::string> cells = text_.lines[i];
      for (const std::string& piece : pieces(cells[last], widths_[last], !is_cut_)) {
        cells[last] = piece;
        text += line(cells, columns);
        for (const std::size_t c : columns) cells[c].clear();
      }
      if (i == 0) text += rule(columns);
    }
    widths_[last] = whole;
    return text;
  }

 private:
  /// A text that is too wide, at its spaces where that goes.
  static std::vector<std::string> pieces(std::string text, std::size_t width, bool breaks) {
    std::vector<std::string> found;
    while (breaks && display_width(text) > width) {
      std::string head = shorten(text, width + 1);
      head.resize(head.size() - std::string_view("…").size());
      const std::size_t space = head.rfind(' ');
      if (space != std::string::npos && space > 0) head.resize(space);
      found.push_back(head);
      text.erase(0, head.size());
      text.erase(0, text.find_first_not_of(' '));
    }
    found.push_back(text);
    return found;
  }

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
  bool is_cut_ = false;
};

bool is_constant(const Table& table, std::size_t column) {
  return std::all_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return row[column] == table.rows.front()[column]; });
}

/// "the same in every row: seed=1; leaked=no", broken into lines; nothing where `columns` is empty.
std::string constants_text(const Table& table, const Places& columns, std::size_t width) {
  if (columns.empty()) return {};
  std::string text = "the same in every row:";
  std::size_t used = display_width(text);
  for (const std::size_t c : columns) {
    const Table one{{table.columns[c]}, {{table.rows.front()[c]}}};
    const std::string value = text_table(one, escape_terminal).lines[1][0];
    const std::string words =
        shorten(fmt::format("{}={}{}", escape_terminal(table.columns[c].name), value.empty() ? "none" : value,
                            c == columns.back() ? "" : ";"),
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
    const bool drops = fitting.drops_constants && table.rows.size() > 1 && is_constant(table, c);
    (drops ? constant : shown).push_back(c);
  }
  if (shown.empty()) std::swap(shown, constant);
  Sheet sheet(table);
  if (fitting.cuts_texts) sheet.cut(shown, width);
  std::string text;
  for (std::size_t next = 1; next <= shown.size();) {
    Places block = {shown.front()};
    while (next < shown.size() &&
           (block.size() == 1 || sheet.width(block) + gap + sheet.width(shown[next]) <= width)) {
      block.push_back(shown[next++]);
    }
    text += (text.empty() ? "" : "\n") + sheet.block(block, width);
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
