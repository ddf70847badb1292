#pragma once
/// The text behind a parser: places as people count them, and mistakes that a YAML parser lets pass.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace ablate {

class YamlSource {
 public:
  /// Throws RequestError, with the place, for a carriage return that ends a line alone.
  YamlSource(std::string_view text, std::string file);

  /// Of the byte at `offset`; a column counts characters.
  Location place(std::size_t offset) const;

  /// Throws RequestError where the quoted text whose node (anchor, tag, text) begins at `offset` has no
  /// closing quote: the parser takes the end of the file for it.
  void check_quotes(std::size_t offset) const;

  /// Throws RequestError where the bare text `value`, which begins at `offset`, holds a character that looks
  /// like a space and is none where a space would mean something: anywhere in a key, and at either end or
  /// after a colon of a value.
  void check_spaces(std::string_view value, std::size_t offset, bool is_key) const;

  /// The line at `offset` is indented with tabs.
  bool tab_indents(std::size_t offset) const;

  /// A text that covers the bytes from `begin` up to `end` and is longer than a line may have swallowed keys.
  /// Where a later line of it looks like one, a sentence with its place; else nothing.
  std::string swallowed_key(std::size_t begin, std::size_t end) const;

 private:
  std::string_view line_at(std::size_t start) const;

  std::string_view text_;
  std::string file_;
  std::vector<std::size_t> lines_;          // where each begins
  std::vector<std::size_t> continuations_;  // bytes of UTF-8 that begin no character
};

}  // namespace ablate
