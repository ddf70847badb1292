#include "config/line_pattern.hpp"

#include "base/error.hpp"

namespace ablate {
namespace {

constexpr const char* pattern_form =
    "a regular expression with named groups: 'epoch (?<epoch>\\d+).*acc=(?<test.accuracy>\\S+)'";
constexpr const char* pattern_without_references =
    "a regular expression without references to groups (\\1), which may take forever to match";

/// The pattern without its groups' names, which std::regex does not know, and where the groups are.
std::string without_names(const std::string& pattern,
                          std::vector<std::pair<std::string, std::size_t>>& groups) {
  std::string plain;
  std::size_t number = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    plain += c;
    if (c == '\\' && i + 1 < pattern.size()) plain += pattern[++i];
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    if (c != '(' || in_class) continue;
    const bool special = pattern.compare(i + 1, 1, "?") == 0;
    if (!special) ++number;
    const std::size_t name = pattern.compare(i + 1, 3, "?P<") == 0 ? i + 4 : i + 3;
    const bool named = pattern.compare(i + 1, name - i - 1, name == i + 4 ? "?P<" : "?<") == 0;
    const bool looks_behind =
        named && (pattern.compare(name, 1, "=") == 0 || pattern.compare(name, 1, "!") == 0);
    if (!named || looks_behind) continue;
    const std::size_t end = pattern.find('>', name);
    if (end == std::string::npos || end == name) throw RequestError(pattern_form);
    groups.emplace_back(pattern.substr(name, end - name), ++number);
    i = end;
  }
  return plain;
}

}  // namespace

LinePattern::LinePattern(const std::string& pattern) {
  const std::string plain = without_names(pattern, groups_);
  if (groups_.empty()) throw RequestError(pattern_form);
  for (const char* look_ahead : {"(?=", "(?!"}) {
    if (plain.find(look_ahead) != std::string::npos) longest_ = longest_looked_ahead;
  }
  try {
    // libstdc++'s: all places of the line are tried at once, in time that grows with its length alone, on little stack.
    expression_.assign("[^]*?(?:" + plain + ")[^]*",
                       std::regex::ECMAScript | std::regex_constants::__polynomial);
  } catch (const std::regex_error& error) {
    throw RequestError(error.code() == std::regex_constants::error_complexity ? pattern_without_references
                                                                              : pattern_form);
  }
}

std::optional<std::vector<std::pair<std::string, std::string>>> LinePattern::find(
    const std::string& line) const {
  std::smatch found;
  if (line.size() > longest_ || !std::regex_match(line, found, expression_)) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& [name, number] : groups_) {
    if (found[number].matched) values.emplace_back(name, found[number].str());
  }
  return values;
}

}  // namespace ablate
