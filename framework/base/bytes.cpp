#include "base/bytes.hpp"

#include <fmt/format.h>

namespace ablate {

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
  const auto amount = static_cast<double>(bytes);
  if (amount < 999.95e3) return fmt::format("{:.1f} kB", amount / 1e3);
  if (amount < 999.95e6) return fmt::format("{:.1f} MB", amount / 1e6);
  return fmt::format("{:.1f} GB", amount / 1e9);
}

}  // namespace ablate
