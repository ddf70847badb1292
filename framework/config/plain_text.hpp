#pragma once
/// Whether bytes are text.

#include <string_view>

#include "ablate/base/error.hpp"

namespace ablate {

/// Throws RequestError, with `file` and the place, at the first byte that is not UTF-8 (RFC 3629) or is a
/// control character other than tab, line feed and carriage return.
void check_plain_text(std::string_view text, const std::string& file);

}  // namespace ablate
