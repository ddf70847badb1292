#pragma once
/// Numbers of 16 bits.

#include <cstdint>

namespace ablate {

/// The value of an IEEE 754 binary16, infinities and NaN as such.
double half_precision(std::uint16_t bits);

}  // namespace ablate
