#include "data/pixel_scale.hpp"

#include <cmath>

namespace ablate {
namespace {

/// Of bytes that are 0 or 1.
void scale(std::vector<std::uint8_t>& bytes) {
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(255 * byte);
}

}  // namespace

std::optional<std::uint8_t> PixelScale::byte_of(double value, std::vector<std::uint8_t>& so_far) {
  if (!(value >= 0.0 && value <= 255.0)) return std::nullopt;
  const bool whole = value == std::floor(value);
  if (!whole && (value > 1.0 || above_one_)) return std::nullopt;
  if (value > 1.0) {
    if (fractions_) return std::nullopt;
    above_one_ = true;
  }
  if (!whole && !fractions_) {
    fractions_ = true;
    scale(so_far);
  }
  return static_cast<std::uint8_t>(fractions_ ? std::lround(255.0 * value) : std::lround(value));
}

void PixelScale::finish(std::vector<std::uint8_t>& all) const {
  if (!fractions_ && !above_one_) scale(all);
}

}  // namespace ablate
