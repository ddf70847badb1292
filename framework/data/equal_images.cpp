#include "data/equal_images.hpp"

#include <algorithm>
#include <cstring>

namespace ablate {
namespace {

struct Key {
  std::uint64_t hash;
  std::uint32_t image;
};

}  // namespace

std::uint64_t hash_pixels(std::span<const std::uint8_t> pixels) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
  std::uint64_t hash = pixels.size() * odd;
  std::size_t at = 0;
  const auto mix = [&](std::size_t bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, pixels.data() + at, bytes);
    hash = (hash ^ word) * odd;
    hash ^= hash >> 32;
    at += bytes;
  };
  while (at + 8 <= pixels.size()) mix(8);
  if (at < pixels.size()) mix(pixels.size() - at);
  return hash;
}

std::vector<std::vector<std::uint32_t>> equal_images(const Dataset& dataset,
                                                     std::uint64_t (*hash)(std::span<const std::uint8_t>)) {
  std::vector<Key> keys(dataset.train_images + dataset.test_images);
  for (std::size_t i = 0; i < keys.size(); ++i)
    keys[i] = {hash(dataset.image(i)), static_cast<std::uint32_t>(i)};
  const auto compare = [&](const Key& a, const Key& b) {
    return std::memcmp(dataset.image(a.image).data(), dataset.image(b.image).data(),
                       dataset.pixels_per_image());
  };
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const int order = compare(a, b);
    return order != 0 ? order < 0 : a.image < b.image;
  });
  std::vector<std::vector<std::uint32_t>> groups;
  const auto equal = [&](const Key& a, const Key& b) { return a.hash == b.hash && compare(a, b) == 0; };
  for (std::size_t i = 1, begin = 0; i <= keys.size(); ++i) {
    if (i < keys.size() && equal(keys[i - 1], keys[i])) continue;
    if (i - begin > 1) {
      auto& group = groups.emplace_back();
      for (std::size_t member = begin; member < i; ++member) group.push_back(keys[member].image);
    }
    begin = i;
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

}  // namespace ablate
