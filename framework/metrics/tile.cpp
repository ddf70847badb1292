#include "metrics/tile.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace ablate {

namespace {

// 1/k!, highest first: the coefficients of the exponential series.
constexpr std::array<double, 12> series{1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320,
                                        1.0 / 5040,     1.0 / 720,     1.0 / 120,    1.0 / 24,
                                        1.0 / 6,        1.0 / 2,       1.0,          1.0};

// ln 2 in two parts; the first has 21 trailing zero bits, so that its product with a small integer is exact.
constexpr double ln2_high = 0x1.62e42fee00000p-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

// Adding this leaves the nearest integer in the low bits of the sum.
constexpr double to_integer = 0x1.8p52;

inline double exponential(double x) {
  x = x < -708.0 ? -708.0 : x;
  const double shifted = x * std::numbers::log2e + to_integer;
  const double power = shifted - to_integer;
  const double r = (x - power * ln2_high) - power * ln2_low;
  double sum = series[0];
  for (std::size_t k = 1; k < series.size(); ++k) sum = sum * r + series[k];
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(sum) +
                               (std::bit_cast<std::uint64_t>(shifted) << 52));
}

inline float finite(float logit) {
  constexpr float largest = std::numeric_limits<float>::max();
  return logit > largest ? largest : (logit < -largest ? -largest : logit);
}

}  // namespace

double exp_of_nonpositive(double x) { return exponential(x); }

Tile::Tile(std::size_t classes)
    : classes_(classes),
      logits_(classes * tile_images),
      exponentials_(classes * tile_images),
      probabilities_(classes * tile_images) {}

void Tile::push(const float* logits, std::uint8_t truth) {
  float* column = logits_.data() + images_;
  for (std::size_t c = 0; c < classes_; ++c) column[c * tile_images] = finite(logits[c]);
  truth_[images_] = truth;
  truth_logit_[images_] = column[truth * tile_images];
  ++images_;
}

void Tile::score() {
  rank();
  exponentiate();
  normalise();
}

void Tile::rank() {
  Lanes<float> largest;
  std::copy_n(logits_.begin(), tile_images, largest.begin());
  Lanes<std::int32_t> predicted{}, before{}, undefined{};
  for (std::size_t c = 0; c < classes_; ++c) {
    const float* logit = logits_.data() + c * tile_images;
    const auto number = static_cast<std::int32_t>(c);
    for (std::size_t i = 0; i < tile_images; ++i) {
      const bool larger = logit[i] > largest[i];
      largest[i] = larger ? logit[i] : largest[i];
      predicted[i] = larger ? number : predicted[i];
      const std::int32_t above = logit[i] > truth_logit_[i];
      const std::int32_t level = logit[i] == truth_logit_[i];
      const std::int32_t earlier = number < truth_[i];
      before[i] += above + (level & earlier);
      undefined[i] |= logit[i] != logit[i];
    }
  }
  largest_ = largest;
  predicted_ = predicted;
  rank_ = before;
  undefined_ = undefined;
}

void Tile::exponentiate() {
  Lanes<double> rest{};
  for (std::size_t c = 0; c < classes_; ++c) {
    const float* logit = logits_.data() + c * tile_images;
    double* out = exponentials_.data() + c * tile_images;
    const auto number = static_cast<std::int32_t>(c);
    for (std::size_t i = 0; i < tile_images; ++i) {
      out[i] = exponential(static_cast<double>(logit[i]) - static_cast<double>(largest_[i]));
      rest[i] += number == predicted_[i] ? 0.0 : out[i];
    }
  }
  rest_ = rest;
}

void Tile::normalise() {
  Lanes<double> inverse, squares{};
  for (std::size_t i = 0; i < tile_images; ++i) {
    inverse[i] = undefined_[i] != 0 ? std::numeric_limits<double>::quiet_NaN() : 1.0 / (1.0 + rest_[i]);
    const double margin = static_cast<double>(largest_[i]) - static_cast<double>(truth_logit_[i]);
    surprise_[i] = margin + std::log1p(rest_[i]);
  }
  for (std::size_t c = 0; c < classes_; ++c) {
    const double* exponentials = exponentials_.data() + c * tile_images;
    float* out = probabilities_.data() + c * tile_images;
    const auto number = static_cast<std::int32_t>(c);
    for (std::size_t i = 0; i < tile_images; ++i) {
      const double probability = exponentials[i] * inverse[i];
      const double error = probability - (number == truth_[i] ? 1.0 : 0.0);
      squares[i] += error * error;
      out[i] = static_cast<float>(probability);
    }
  }
  squared_error_ = squares;
}

void softmax(std::span<const float> logits, int classes, std::span<float> probabilities) {
  const auto rows = static_cast<std::size_t>(classes);
  if (classes < 1 || logits.size() % rows != 0 || probabilities.size() != logits.size()) {
    throw std::invalid_argument(
        "softmax: logits and probabilities must be of one size, whole columns of classes");
  }
  Tile tile(rows);
  const std::size_t images = logits.size() / rows;
  for (std::size_t first = 0; first < images; first += tile_images) {
    const std::size_t count = std::min(tile_images, images - first);
    for (std::size_t i = 0; i < count; ++i) tile.push(logits.data() + (first + i) * rows, 0);
    tile.score();
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t c = 0; c < rows; ++c) {
        probabilities[(first + i) * rows + c] = tile.probabilities()[c * tile_images + i];
      }
    }
    tile.clear();
  }
}

}  // namespace ablate
