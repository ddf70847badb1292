#include "base/base64.hpp"

#include <nettle/base64.h>

namespace ablate {

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), bytes.data());
  return text;
}

std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text) {
  base64_decode_ctx context;
  base64_decode_init(&context);
  std::vector<std::uint8_t> bytes(BASE64_DECODE_LENGTH(text.size()));
  std::size_t length = bytes.size();
  const bool sound = base64_decode_update(&context, &length, bytes.data(), text.size(), text.data()) == 1 &&
                     base64_decode_final(&context) == 1;
  if (!sound) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

}  // namespace ablate
