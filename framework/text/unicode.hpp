#pragma once
/// Text as people see it: code points, and the terminal columns that they fill.

#include <cstddef>
#include <string>
#include <string_view>

namespace ablate {

/// What stands for bytes that are no UTF-8.
inline constexpr char32_t replacement_character = 0xFFFD;

/// Takes the first code point off `text`, which is not empty. Bytes that are no UTF-8 (overlong forms,
/// surrogates and values over U+10FFFF included) give U+FFFD, one byte at a time.
char32_t take_code_point(std::string_view& text);

/// Appends a code point as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

/// `text` with U+FFFD for each byte that is no UTF-8.
std::string valid_utf8(std::string_view text);

/// Characters that move the cursor or turn the writing direction and print nothing themselves.
bool is_control(char32_t code_point);

/// Terminal columns: 2 for East Asian wide characters and emoji, 0 for combining marks, 1 for others.
std::size_t display_width(std::string_view text);

/// `text`, cut and ended with "…" where it is wider than `width` columns.
std::string shorten(std::string_view text, std::size_t width);

}  // namespace ablate
