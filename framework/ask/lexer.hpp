#pragma once
/// From text to words: the first step of reading a question.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.hpp"

namespace ablate::ask {

/// The longest text that is read, in bytes.
inline constexpr std::size_t longest_question = 10'000;

inline constexpr std::array<std::string_view, 8> keywords = {"and",  "or", "not",  "in",
                                                             "like", "is", "null", "between"};

struct Token {
  enum class Kind { word, name, number, quoted, symbol, end };
  Kind kind = Kind::end;
  std::string
      text;  ///< of a word, number or symbol as it was written; of a name or quoted text what is in the quotes
  Value number = {};    ///< of a number: whole where it is written so and fits
  std::size_t at = 0;   ///< where it begins, in bytes
  std::size_t end = 0;  ///< where it ends

  bool is_symbol(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
  /// A keyword in any case.
  bool is_keyword(std::string_view keyword) const;
};

/// The words of `text`, the last of them of kind `end`. A word begins with a letter, `_` or a byte of another
/// script and goes on with these, digits, `.`, `-` and `:`; what begins with a digit and is not a number
/// (2026-11-01) is a word too. Quotes of a text are ' or ", those of a name `, doubled where they stand for
/// themselves. Throws RequestError with the place.
std::vector<Token> tokens_of(const std::string& text);

/// A name as it is written: bare where it is a word and none of the keywords, else in backticks.
std::string written_name(const std::string& name);

/// Throws RequestError that shows `text` with a caret under the byte at `at`, control characters as question
/// marks.
[[noreturn]] void refuse_at(const std::string& text, std::size_t at, const std::string& what,
                            const std::string& hint = {});

}  // namespace ablate::ask
