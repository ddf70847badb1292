#include "base/half_precision.hpp"

#include <bit>

namespace ablate {

double half_precision(std::uint16_t bits) {
  const std::uint32_t sign = bits >> 15, exponent = bits >> 10 & 0x1F, fraction = bits & 0x3FF;
  if (exponent == 0) return (sign != 0 ? -1.0 : 1.0) * static_cast<double>(fraction) * 0x1p-24;
  const std::uint32_t wide = exponent == 31 ? 255 : exponent + 112;
  return static_cast<double>(std::bit_cast<float>(sign << 31 | wide << 23 | fraction << 13));
}

}  // namespace ablate
