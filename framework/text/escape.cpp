#include "text/escape.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "text/unicode.hpp"

namespace ablate {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// Valid UTF-8 on one line: what no format can do without.
std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  while (!text.empty()) {
    const char32_t next = take_code_point(text);
    append_utf8(line, is_control(next) ? U' ' : next);
  }
  return line;
}

/// An underscore within a word makes no emphasis and may stay as it is: "learning_rate".
bool within_word(std::string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1]);
}

/// Where a backslash keeps the start of a paragraph from being a list ("- ", "1. ") or a rule ("---"); else
/// npos.
std::size_t list_marker(std::string_view text) {
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits == std::string_view::npos) return digits;
  const std::string_view markers = digits == 0 ? "-+=" : ".)";
  if (markers.find(text[digits]) == std::string_view::npos) return std::string_view::npos;
  const std::string_view rest = text.substr(digits + 1);
  const bool marks = rest.starts_with(' ') || rest.find_first_not_of("-= ") == std::string_view::npos;
  return marks ? digits : std::string_view::npos;
}

}  // namespace

std::string escape_terminal(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const char32_t next = take_code_point(text);
    if (next == U'\n') {
      shown += "\\n";
    } else if (next == U'\t') {
      shown += "\\t";
    } else if (is_control(next)) {
      const auto code = static_cast<std::uint32_t>(next);
      shown += code < 0x100 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
    } else {
      append_utf8(shown, next);
    }
  }
  return shown;
}

std::string escape_markdown(std::string_view text) {
  const std::string line = one_line(text);
  const std::size_t marker = list_marker(line);
  std::string escaped;
  escaped.reserve(line.size() + 8);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool markup = std::string_view("\\`*[]|$~#").find(c) != std::string_view::npos;
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else {
      if (markup || i == marker || (c == '_' && !within_word(line, i))) escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : one_line(text)) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\'') {
      escaped += "&#39;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string printable_line(std::string_view text) { return one_line(text); }

std::string escape_csv(std::string_view text) {
  const bool padded = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!text.empty() && !padded && text.find_first_of("\",\r\n") == std::string_view::npos)
    return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string json_text(std::string_view text) {
  const std::string json =
      nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string shown;
  for (std::string_view left = json; !left.empty();) {
    const char32_t next = take_code_point(left);
    if (is_control(next)) {
      shown += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(next));
    } else {
      append_utf8(shown, next);
    }
  }
  return shown;
}

std::string quote_gnuplot(std::string_view text) {
  constexpr const char* box = "\u25a1";
  std::string quoted = "'";
  const std::string line = one_line(text);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool beyond_plane_0 = (static_cast<unsigned char>(line[i]) & 0xF8U) == 0xF0U;
    if (beyond_plane_0) {
      quoted += box;
      i += 3;
    } else {
      quoted.append(line[i] == '\'' ? 2 : 1, line[i]);
    }
  }
  return quoted + '\'';
}

std::string slug(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (name.size() == 40) break;
    if (is_word(c)) {
      name += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (c == '_' || !(name.empty() || name.back() == '-')) {
      name += c == '_' ? '_' : '-';
    }
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "x" : name;
}

std::string id_ranges(std::vector<std::int64_t> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::string text;
  for (std::size_t first = 0; first < ids.size();) {
    std::size_t last = first;
    while (last + 1 < ids.size() && ids[last + 1] == ids[last] + 1) ++last;
    if (!text.empty()) text += ", ";
    text += last == first ? fmt::format("{}", ids[first]) : fmt::format("{}-{}", ids[first], ids[last]);
    first = last + 1;
  }
  return text;
}

std::string group_digits(std::int64_t number) {
  const std::string text = fmt::format("{}", number);
  std::string grouped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool after_digit = i > 0 && text[i - 1] != '-';
    if (after_digit && (text.size() - i) % 3 == 0) grouped += ',';
    grouped += text[i];
  }
  return grouped;
}

}  // namespace ablate
