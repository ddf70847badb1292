#include "stats/sign_choices.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "stats/permutation.hpp"

namespace ablate {

namespace {

constexpr std::size_t word_bits = 64;

std::size_t words(std::size_t seeds) { return (seeds + word_bits - 1) / word_bits; }

// Sums of the values under every choice of signs; the first choice has them as they are.
std::vector<double> sums_of_choices(std::span<const double> values) {
  std::vector<double> sums{0.0};
  for (const double value : values) {
    const std::size_t count = sums.size();
    for (std::size_t i = 0; i < count; ++i) {
      sums.push_back(sums[i] - value);
      sums[i] += value;
    }
  }
  return sums;
}

}  // namespace

double sign_flip_floor(std::size_t pairs) {
  return pairs <= most_exact_pairs ? std::min(1.0, std::ldexp(2.0, -static_cast<int>(pairs)))
                                   : 1.0 / static_cast<double>(drawn_sign_choices + 1);
}

SignChoices::SignChoices(std::size_t seeds)
    : seeds_(seeds), count_(std::size_t{1} << (seeds == 0 ? 0 : std::min(seeds, most_exact_pairs) - 1)) {
  if (seeds <= most_exact_pairs) return;
  count_ = drawn_sign_choices + 1;
  signs_.assign(words(seeds) * count_, 0);
  Stream stream(0, "stats/max_t");
  for (std::size_t i = words(seeds); i < signs_.size(); ++i) {
    constexpr std::uint64_t half = std::uint64_t{1} << 32;
    signs_[i] = stream.below(half) << 32;
    signs_[i] |= stream.below(half);
  }
}

std::vector<double> SignChoices::sums(std::span<const double> values) const {
  std::vector<double> result;
  result.reserve(count_);
  if (exact()) {
    // Every choice is one of the first half with one of the second: no sum gathers the rounding of a million
    // steps.
    const std::size_t free = seeds_ == 0 ? 0 : seeds_ - 1, half = free / 2;
    const std::vector<double> left = sums_of_choices(values.first(half));
    std::vector<double> right = sums_of_choices(values.subspan(half, free - half));
    for (const double b : right) {
      for (const double a : left) result.push_back(seeds_ == 0 ? 0.0 : a + b + values[free]);
    }
    return result;
  }
  for (std::size_t choice = 0; choice < count_; ++choice) {
    double sum = 0.0;
    for (std::size_t i = 0; i < seeds_; ++i) {
      const std::uint64_t word = signs_[choice * words(seeds_) + i / word_bits];
      sum += ((word >> (i % word_bits)) & 1) != 0 ? -values[i] : values[i];
    }
    result.push_back(sum);
  }
  return result;
}

}  // namespace ablate
