#include "metrics/auc.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace ablate {

namespace {

constexpr unsigned digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;
constexpr std::size_t passes = 3;  // 33 bits are enough for 32
constexpr std::size_t worth_sorting_by_radix = 1024;

constexpr std::size_t digit(std::uint32_t key, std::size_t pass) {
  return (key >> (pass * digit_bits)) & (digits - 1);
}

using Counts = std::array<std::array<std::uint32_t, digits>, passes>;

// Where each digit's first key goes, for every pass.
Counts first_places(std::span<const std::uint32_t> keys) {
  Counts counts{};
  for (const std::uint32_t key : keys) {
    for (std::size_t pass = 0; pass < passes; ++pass) ++counts[pass][digit(key, pass)];
  }
  for (auto& of_pass : counts) {
    std::uint32_t place = 0;
    for (std::uint32_t& count : of_pass) {
      const std::uint32_t next = place + count;
      count = place;
      place = next;
    }
  }
  return counts;
}

// Leaves the keys in ascending order in one of the two buffers and returns that one.
std::span<const std::uint32_t> sorted(std::span<std::uint32_t> keys, std::span<std::uint32_t> scratch) {
  if (keys.size() < worth_sorting_by_radix) {
    std::sort(keys.begin(), keys.end());
    return keys;
  }
  Counts places = first_places(keys);
  for (std::size_t pass = 0; pass < passes; ++pass) {
    for (const std::uint32_t key : keys) scratch[places[pass][digit(key, pass)]++] = key;
    std::swap(keys, scratch);
  }
  return keys;
}

}  // namespace

double auc_roc(std::span<std::uint32_t> keys, std::span<std::uint32_t> scratch) {
  const std::span<const std::uint32_t> order = sorted(keys, scratch);
  std::uint64_t positives = 0, negatives = 0;
  std::uint64_t twice_wins = 0;
  for (std::size_t i = 0; i < order.size();) {
    const std::uint32_t score = order[i] >> 1;
    std::uint64_t tied = 0, tied_positives = 0;
    for (; i < order.size() && order[i] >> 1 == score; ++i) {
      ++tied;
      tied_positives += order[i] & 1;
    }
    const std::uint64_t tied_negatives = tied - tied_positives;
    twice_wins += tied_positives * (2 * negatives + tied_negatives);
    positives += tied_positives;
    negatives += tied_negatives;
  }
  if (positives == 0 || negatives == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(twice_wins) /
         (2.0 * static_cast<double>(positives) * static_cast<double>(negatives));
}

}  // namespace ablate
