#pragma once
/// The exact area under the ROC curve, by ranks.

#include <bit>
#include <cstdint>
#include <span>

namespace ablate {

/// A score >= 0 and whether it belongs to a positive, in one word: floats >= 0 are ordered as their bits are,
/// and their sign bit is free. Equal scores give keys that are equal but for the lowest bit.
constexpr std::uint32_t auc_key(float score, bool positive) {
  return std::bit_cast<std::uint32_t>(score) << 1 | static_cast<std::uint32_t>(positive);
}

/// Probability that a positive scores above a negative, ties counted half (Mann and Whitney 1947): exact up
/// to the last division for fewer than 2^31 keys. Not a number without positives or without negatives. `keys`
/// and `scratch` are of one size; both are overwritten.
double auc_roc(std::span<std::uint32_t> keys, std::span<std::uint32_t> scratch);

}  // namespace ablate
