#include "config/yaml_source.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace ablate {
namespace {

constexpr std::string_view blank = " \t\r\n";

/// Characters of Unicode that look like a space, or like nothing, and that YAML takes for letters.
struct FalseSpace {
  std::string_view bytes;
  std::string_view name;
};
constexpr std::array<FalseSpace, 20> false_spaces = {{
    {"\xC2\xA0", "a no-break space (U+00A0)"},
    {"\xC2\x85", "a line end of mainframes (U+0085)"},
    {"\xE1\x9A\x80", "a space of Ogham (U+1680)"},
    {"\xE2\x80\x80", "an en quad (U+2000)"},
    {"\xE2\x80\x81", "an em quad (U+2001)"},
    {"\xE2\x80\x82", "an en space (U+2002)"},
    {"\xE2\x80\x83", "an em space (U+2003)"},
    {"\xE2\x80\x84", "a space of a third of an em (U+2004)"},
    {"\xE2\x80\x85", "a space of a quarter of an em (U+2005)"},
    {"\xE2\x80\x86", "a space of a sixth of an em (U+2006)"},
    {"\xE2\x80\x87", "a figure space (U+2007)"},
    {"\xE2\x80\x88", "a punctuation space (U+2008)"},
    {"\xE2\x80\x89", "a thin space (U+2009)"},
    {"\xE2\x80\x8A", "a hair space (U+200A)"},
    {"\xE2\x80\x8B", "a space of no width (U+200B)"},
    {"\xE2\x80\xA8", "a line separator (U+2028)"},
    {"\xE2\x80\xAF", "a narrow no-break space (U+202F)"},
    {"\xE2\x81\x9F", "a mathematical space (U+205F)"},
    {"\xE3\x80\x80", "an ideographic space (U+3000)"},
    {"\xEF\xBB\xBF", "a byte order mark (U+FEFF)"},
}};

/// Past blanks, comments, an anchor and a tag, to where the value of a node begins.
std::size_t skip_properties(std::string_view text, std::size_t at) {
  for (;;) {
    at = std::min(text.find_first_not_of(blank, at), text.size());
    if (at == text.size()) return at;
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '&' || text[at] == '!') {
      at = std::min(text.find_first_of(blank, at), text.size());
    } else {
      return at;
    }
  }
}

/// Whether the quoted text that begins at `open` ends.
bool is_closed(std::string_view text, std::size_t open) {
  const char quote = text[open];
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      const bool doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == quote;
      if (!doubled) return true;
      ++at;
    }
  }
  return false;
}

/// "model" of "  model: {skip: none}": a word of small letters, which may be in quotes or before spaces, then a
/// colon; empty where a line begins otherwise.
std::string_view key_of(std::string_view line) {
  const auto skip = [&](std::string_view what) {
    line.remove_prefix(std::min(line.find_first_not_of(what), line.size()));
  };
  skip(" \t\"'");
  const std::size_t length = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.");
  if (length == 0 || length == std::string_view::npos) return {};
  const std::string_view key = line.substr(0, length);
  line.remove_prefix(length);
  skip("\"'");
  skip(" \t");
  if (!line.starts_with(':')) return {};
  return line.size() == 1 || blank.find(line[1]) != std::string_view::npos ? key : std::string_view();
}

}  // namespace

YamlSource::YamlSource(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {
  lines_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') lines_.push_back(i + 1);
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continuations_.push_back(i);
    const bool alone = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (!alone) continue;
    throw RequestError(place(i), "a carriage return without a line feed after it",
                       "save the file with line feeds (LF), or with both (CRLF)");
  }
}

Location YamlSource::place(std::size_t offset) const {
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const std::size_t start = *std::prev(next);
  const auto inside = std::lower_bound(continuations_.begin(), continuations_.end(), offset) -
                      std::lower_bound(continuations_.begin(), continuations_.end(), start);
  const std::size_t mark = start == 0 && text_.starts_with("\xEF\xBB\xBF") && offset >= 3 ? 1 : 0;
  return {file_, static_cast<int>(next - lines_.begin()),
          static_cast<int>(offset - start - mark) - static_cast<int>(inside) + 1};
}

void YamlSource::check_quotes(std::size_t offset) const {
  const std::size_t open = skip_properties(text_, offset);
  if (open == text_.size() || (text_[open] != '\'' && text_[open] != '"')) return;
  if (is_closed(text_, open)) return;
  const char quote = text_[open];
  throw RequestError(place(open), fmt::format("the quote {} that opens here is not closed", quote),
                     fmt::format("end the text with {}{}", quote,
                                 quote == '\'' ? "; an apostrophe inside it is written twice" : ""));
}

void YamlSource::check_spaces(std::string_view value, std::size_t offset, bool is_key) const {
  for (const auto& [bytes, name] : false_spaces) {
    for (std::size_t at = value.find(bytes); at != std::string_view::npos; at = value.find(bytes, at + 1)) {
      const bool matters = is_key || at == 0 || at + bytes.size() == value.size() || value[at - 1] == ':';
      if (!matters) continue;
      const std::size_t found = text_.find(bytes, offset);
      throw RequestError(place(std::min(found, text_.size())),
                         fmt::format("{} looks like a space but is not one", name),
                         "type a space in its place, or put the text in quotes where it is meant");
    }
  }
}

bool YamlSource::tab_indents(std::size_t offset) const {
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const std::string_view line = line_at(*std::prev(next));
  return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())).find('\t') !=
         std::string_view::npos;
}

std::string YamlSource::swallowed_key(std::size_t begin, std::size_t end) const {
  for (auto line = std::upper_bound(lines_.begin(), lines_.end(), begin); line != lines_.end() && *line < end;
       ++line) {
    const std::string_view key = key_of(line_at(*line).substr(0, end - *line));
    if (key.empty()) continue;
    const std::size_t at = static_cast<std::size_t>(key.data() - text_.data());
    return fmt::format("{}: '{}:' is part of the text that begins in line {}, not a key",
                       to_string(place(at)), key, place(begin).line);
  }
  return {};
}

std::string_view YamlSource::line_at(std::size_t start) const {
  return text_.substr(start, text_.find('\n', start) - start);
}

}  // namespace ablate
