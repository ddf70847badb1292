#pragma once
/// Bytes as text: RFC 4648, section 4, by Nettle.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

std::string base64(std::span<const std::uint8_t> bytes);

/// Nothing where the text is not base64.
std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text);

}  // namespace ablate
