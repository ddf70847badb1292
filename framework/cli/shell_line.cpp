#include "cli/shell_line.hpp"

namespace ablate {
namespace {

constexpr std::string_view blanks = " \t\n";
constexpr std::string_view quotes = "'\"";
constexpr std::string_view special = " \t'\"\\$`&|;<>()*?[]{}!#~";
constexpr std::string_view special_within_double = "\"\\$`";

bool holds(std::string_view letters, char letter) { return letters.find(letter) != std::string_view::npos; }

}  // namespace

ShellLine read_shell_line(std::string_view line, std::string_view breaks) {
  ShellLine read;
  read.words.emplace_back();
  std::string kept;  // as it is outside of quotes
  bool begun = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char letter = line[i];
    if (!read.quote && holds(blanks, letter)) {
      if (begun) read.words.emplace_back();
      kept.clear();
      begun = false;
      continue;
    }
    std::string& word = read.words.back();
    begun = true;
    const bool escapes = letter == '\\' && read.quote != '\'' && i + 1 < line.size() &&
                         (!read.quote || holds(special_within_double, line[i + 1]));
    if (escapes) {
      word += line[++i];
    } else if (letter == read.quote) {
      read.quote = 0;
    } else if (!read.quote && holds(quotes, letter)) {
      read.quote = letter;
      read.kept = word;
    } else {
      word += letter;
      if (!read.quote && holds(breaks, letter)) kept = word;
    }
  }
  if (!read.quote) read.kept = kept;
  return read;
}

std::string quoted_end(const ShellLine& line, std::string_view word) {
  std::string text;
  for (const char letter : word.substr(line.kept.size())) {
    if (line.quote == '\'' && letter == '\'') {
      text += "'\\''";
      continue;
    }
    const std::string_view escaped = line.quote == '"' ? special_within_double : special;
    if (line.quote != '\'' && holds(escaped, letter)) text += '\\';
    text += letter;
  }
  return text;
}

}  // namespace ablate
