#pragma once
/// Whether bytes are text.

#include <string_view>

#include "base/error.hpp"

namespace ablate {

/// UTF-8 (RFC 3629) without control characters other than tab, line feed and carriage return.
bool is_plain_text(std::string_view text);

/// Throws RequestError, with `file` and the place, at the first byte that is no plain text.
void check_plain_text(std::string_view text, const std::string& file);

}  // namespace ablate
