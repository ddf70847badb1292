#pragma once
/// A regular expression whose named groups are metrics, and what it finds in a line.

#include <optional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace ablate {

/// Named groups are `(?<name>...)` or `(?P<name>...)`; a name may have dots, as in `validation.accuracy`.
class LinePattern {
 public:
  static constexpr std::size_t longest_line = 1 << 20;  ///< bytes
  /// Of a pattern that looks ahead, (?=...) or (?!...), whose time grows with the square.
  static constexpr std::size_t longest_looked_ahead = 4'096;

  /// Throws RequestError, without a place, for what is no regular expression (ECMAScript), for one without a
  /// named group, and for one with a reference to a group, which cannot be matched in bounded time.
  explicit LinePattern(const std::string& pattern);

  /// The groups' names and texts where the pattern is found in the line; a longer line than `longest` never matches.
  std::optional<std::vector<std::pair<std::string, std::string>>> find(const std::string& line) const;
  /// Bytes.
  std::size_t longest() const { return longest_; }

 private:
  std::vector<std::pair<std::string, std::size_t>> groups_;  ///< name and number
  std::regex expression_;
  std::size_t longest_ = longest_line;
};

}  // namespace ablate
