#include "data/excerpt.hpp"

#include <fmt/format.h>

namespace ablate {

std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 20;
  std::string shown = "'";
  for (const char letter : text.substr(0, longest)) {
    const bool printable = letter >= ' ' && letter <= '~';
    shown +=
        printable ? std::string(1, letter) : fmt::format("\\x{:02x}", static_cast<unsigned char>(letter));
  }
  return shown + (text.size() > longest ? "'..." : "'");
}

}  // namespace ablate
