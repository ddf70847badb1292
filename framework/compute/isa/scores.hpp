#pragma once
/// Softmax of sixteen images in double precision. No fused multiply-add: each product and sum is rounded by itself, so
/// that any processor is quick at it.

#include <limits>

#include "compute/elementary.hpp"
#include "compute/isa/vector.hpp"
#include "compute/scores.hpp"

namespace ablate::compute::ABLATE_ISA {
namespace {

constexpr std::size_t half = lanes / 2;
typedef float HalfV __attribute__((vector_size(4 * half)));
typedef float UnalignedHalf __attribute__((vector_size(4 * half), aligned(4), may_alias));
typedef std::int32_t HalfI __attribute__((vector_size(4 * half)));
typedef std::int32_t UnalignedHalfI __attribute__((vector_size(4 * half), aligned(4), may_alias));
typedef double D __attribute__((vector_size(8 * half)));
typedef std::int64_t L __attribute__((vector_size(8 * half)));
typedef std::uint64_t U __attribute__((vector_size(8 * half)));
typedef double UnalignedD __attribute__((vector_size(8 * half), aligned(8), may_alias));

ABLATE_INLINE D widen(const float* from) {
  return __builtin_convertvector((HalfV) * reinterpret_cast<const UnalignedHalf*>(from), D);
}
ABLATE_INLINE L widen(const std::int32_t* from) {
  return __builtin_convertvector((HalfI) * reinterpret_cast<const UnalignedHalfI*>(from), L);
}
ABLATE_INLINE void narrow(float* to, D from) {
  *reinterpret_cast<UnalignedHalf*>(to) = __builtin_convertvector(from, HalfV);
}
ABLATE_INLINE D load(const double* from) { return *reinterpret_cast<const UnalignedD*>(from); }
ABLATE_INLINE void store(double* to, D v) { *reinterpret_cast<UnalignedD*>(to) = v; }
ABLATE_INLINE I load_bits(const std::int32_t* from) { return (I)load(reinterpret_cast<const float*>(from)); }
ABLATE_INLINE void store_bits(std::int32_t* to, I v) { store(reinterpret_cast<float*>(to), (V)v); }
ABLATE_INLINE D keep_where(L mask, D x) { return (D)((L)x & mask); }

/// e^x for x <= 0; e^-708 below -708.
ABLATE_INLINE D exp_of_nonpositive(D x) {
  const D lowest = D{} - 708.0;
  const ExpParts<D> parts = exp_parts(x < lowest ? lowest : x);
  return (D)((L)parts.mantissa + ((L)parts.shifted << 52));
}

/// ln(1 + x) for x in [0, 2^40], as functions.cpp's log1p.
ABLATE_INLINE D log1p_of(D x) {
  const D sum = x + 1.0;
  const D lost = x > 1.0 ? 1.0 - (sum - x) : x - (sum - 1.0);
  const L k = (L)(((U)sum - root_of_half) >> 52);  // not negative, as the sum is at least 1
  const D scaled = (D)((L)sum - (k << 52));
  const L shift = L{} + 0x4330000000000000;  // 2^52, whose last bits are whole numbers
  const D number = (D)(shift + k) - (D)shift;
  return log_reduced<D>(number, k == 0 ? x : scaled - 1.0, k == 0 ? D{} : lost / sum);
}

/// The logits, one row per class, infinite ones made finite.
ABLATE_INLINE void take_columns(const ScoreInput& input) {
  const V largest = all(std::numeric_limits<float>::max());
  for (std::size_t first = 0; first < tile_images; first += lanes)
    for (std::size_t c = 0; c < input.classes; c += lanes) {
      V block[lanes];
#pragma GCC unroll 16
      for (std::size_t i = 0; i < lanes; ++i) {
        const V logit = load(input.logits + (first + i) * input.stride + c);
        const V bounded = logit > largest ? largest : logit;
        block[i] = bounded < -largest ? -largest : bounded;
      }
      transpose(block);
#pragma GCC unroll 16
      for (std::size_t i = 0; i < lanes; ++i) store(input.columns + (c + i) * tile_images + first, block[i]);
    }
}

/// Of the images from `first` on: what follows from the order of their logits.
ABLATE_INLINE void rank(const ScoreInput& input, std::size_t first, Scores& scores, float* largest_logits) {
  const float* column = input.columns + first;
  V largest = load(column), of_truth{};
  const I truth = load_bits(input.truth + first);
  for (std::size_t i = 0; i < lanes; ++i)
    of_truth[i] = column[static_cast<std::size_t>(truth[i]) * tile_images + i];
  I predicted = all_bits(0), before = all_bits(0), undefined = all_bits(0), number = all_bits(0);
  for (std::size_t c = 0; c < input.classes; ++c, column += tile_images) {
    const V logit = load(column);
    const I is_larger = logit > largest;
    largest = logit > largest ? logit : largest;
    predicted = (is_larger & number) | (~is_larger & predicted);
    before -= (logit > of_truth) | ((logit == of_truth) & (number < truth));
    undefined |= logit != logit;
    number += 1;
  }
  store(largest_logits + first, largest);
  store_bits(scores.predicted + first, predicted);
  store_bits(scores.rank_of_truth + first, before);
  store_bits(scores.undefined + first, undefined);
  for (std::size_t i = first; i < first + lanes; i += half) {
    D truths{};
    for (std::size_t j = 0; j < half; ++j) truths[j] = static_cast<double>(of_truth[i - first + j]);
    store(scores.surprise + i, widen(largest_logits + i) - truths);
  }
}

/// Exponentials, their sum but the predicted class's, and what follows from it.
ABLATE_INLINE void exponentiate(const ScoreInput& input, std::size_t first, const float* largest_logits,
                                Scores& scores, double* rests) {
  const D largest = widen(largest_logits + first);
  const L predicted = widen(scores.predicted + first);
  const float* column = input.columns + first;
  double* to = input.exponentials + first;
  D rest{};
  L number{};
  for (std::size_t c = 0; c < input.classes; ++c, column += tile_images, to += tile_images) {
    const D e = exp_of_nonpositive(widen(column) - largest);
    store(to, e);
    rest = rest + keep_where(number != predicted, e);
    number += 1;
  }
  store(rests + first, rest);
  store(scores.surprise + first, load(scores.surprise + first) + log1p_of(rest));
}

ABLATE_INLINE void normalise(const ScoreInput& input, std::size_t first, const double* rests, Scores& scores,
                             float* probabilities, std::size_t stride) {
  const L undefined = widen(scores.undefined + first);
  const L quiet_nan = L{} + 0x7ff8000000000000;
  const D factor = (D)((undefined & quiet_nan) | (~undefined & (L)(1.0 / (1.0 + load(rests + first)))));
  const L truth = widen(input.truth + first);
  const double* from = input.exponentials + first;
  float* to = probabilities + first;
  const D one = D{} + 1.0;
  D squares{};
  L number{};
  for (std::size_t c = 0; c < input.classes; ++c, from += tile_images, to += stride) {
    const D probability = load(from) * factor;
    const D error = probability - keep_where(number == truth, one);
    squares = squares + error * error;
    narrow(to, probability);
    number += 1;
  }
  narrow(scores.confidence + first, factor);
  store(scores.squared_error + first, squares);
}

void score_tile(const ScoreInput& input, Scores& scores, float* probabilities,
                std::size_t probability_stride) {
  float largest_logits[tile_images];
  double rests[tile_images];
  take_columns(input);
  for (std::size_t first = 0; first < tile_images; first += lanes) rank(input, first, scores, largest_logits);
  for (std::size_t first = 0; first < tile_images; first += half)
    exponentiate(input, first, largest_logits, scores, rests);
  for (std::size_t first = 0; first < tile_images; first += half)
    normalise(input, first, rests, scores, probabilities, probability_stride);
}

}  // namespace
}  // namespace ablate::compute::ABLATE_ISA
