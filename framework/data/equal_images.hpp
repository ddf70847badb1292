#pragma once
/// Images that are the same to the last pixel.

#include <cstdint>
#include <span>
#include <vector>

#include "data/dataset.hpp"

namespace ablate {

/// A fast hash of bytes, for finding candidates; not for safety.
std::uint64_t hash_pixels(std::span<const std::uint8_t> pixels);

/// Groups of two or more images with equal pixels, whatever their labels: each group's indices rise, and the
/// groups come in the order of their first image. Exact with any hash, for images with equal hashes are
/// compared byte for byte; a poor hash costs time only. O(n log n) comparisons.
std::vector<std::vector<std::uint32_t>> equal_images(
    const Dataset& dataset, std::uint64_t (*hash)(std::span<const std::uint8_t>) = hash_pixels);

}  // namespace ablate
