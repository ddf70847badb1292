#pragma once
/// Whether bytes are text.

#include <cstddef>
#include <string_view>

#include "base/error.hpp"

namespace ablate {

/// UTF-8 (RFC 3629) without control characters other than tab, line feed and carriage return.
bool is_plain_text(std::string_view text);

/// Throws RequestError, with `file` and the place, at the first byte that is not plain text.
void check_plain_text(std::string_view text, const std::string& file);

/// Characters of UTF-8 text, not its bytes.
std::size_t characters(std::string_view text);

/// The first `most` characters of UTF-8 text.
std::string_view first_characters(std::string_view text, std::size_t most);

}  // namespace ablate
