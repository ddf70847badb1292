#pragma once
/// Activations and their slopes over whole rows, softmax, and sums in a fixed order.

#include "compute/elementwise.hpp"
#include "compute/isa/elementary.hpp"

namespace ablate::compute::ABLATE_ISA {
namespace {

template <V (*F)(V)>
void map(const float* x, float* y, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) store(y + i, F(load(x + i)));
}

template <V (*Slope)(V)>
void times_slope(const float* x, const float* d, float* y, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) store(y + i, load(d + i) * Slope(load(x + i)));
}

ABLATE_INLINE V relu_of(V x) { return larger(V{}, x); }
ABLATE_INLINE V relu_slope(V x) { return x > V{} ? all(1.0f) : V{}; }

constexpr float leak = 0.01f;
ABLATE_INLINE V leaky_relu_of(V x) { return x > V{} ? x : all(leak) * x; }
ABLATE_INLINE V leaky_relu_slope(V x) { return x > V{} ? all(1.0f) : all(leak); }

ABLATE_INLINE V tanh_slope(V x) {
  const V a = tanh_of(x);
  return fma(-a, a, all(1.0f));
}
ABLATE_INLINE V sigmoid_slope(V x) {
  const V a = sigmoid_of(x);
  return a * (all(1.0f) - a);
}

/// Phi(x) + x phi(x), phi the normal density
ABLATE_INLINE V gelu_of(V x) { return x * normal_cdf_of(x); }
ABLATE_INLINE V gelu_slope(V x) { return fma(x * all(0.3989422804f), gauss(x, 0.5f), normal_cdf_of(x)); }

void add(const float* x, float* y, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) store(y + i, load(y + i) + load(x + i));
}
void multiply(const float* x, float* y, std::size_t size) {
  for (std::size_t i = 0; i < size; i += lanes) store(y + i, load(y + i) * load(x + i));
}

/// Sixteen partial results, whatever the width of a vector.
struct Partial {
  static constexpr std::size_t vectors = group_size / lanes;
  V v[vectors];
};

template <class T>
ABLATE_INLINE T add_by_halves(T* partial) {
  for (std::size_t half = group_size / 2; half > 0; half /= 2)
    for (std::size_t i = 0; i < half; ++i) partial[i] = partial[i] + partial[i + half];
  return partial[0];
}

ABLATE_INLINE float sum_by_halves(const Partial& sums) {
  float partial[group_size];
  for (std::size_t i = 0; i < Partial::vectors; ++i) store(partial + i * lanes, sums.v[i]);
  return add_by_halves(partial);
}

float softmax(float* row, std::size_t classes, std::size_t label, float& maximum) {
  float largest = row[0], probe = 0.0f;
  for (std::size_t c = 0; c < classes; ++c) {
    largest = row[c] > largest ? row[c] : largest;
    probe += 0.0f * row[c];  // NaN for what is not finite
  }
  for (std::size_t c = classes; c % group_size != 0; ++c) row[c] = -__builtin_inff();
  Partial sums{};
  const V top = all(largest + probe), least = all(-60.0f);
  for (std::size_t c = 0; c < classes; c += group_size)
    for (std::size_t i = 0; i < Partial::vectors; ++i) {
      float* at = row + c + i * lanes;
      const V z = load(at) - top;
      const V e = z < least ? V{} : exp_of(z);
      store(at, e);
      sums.v[i] = sums.v[i] + e;
    }
  const float sum = sum_by_halves(sums);
  const V factor = all(1.0f / sum);
  for (std::size_t c = 0; c < classes; c += lanes) store(row + c, load(row + c) * factor);
  row[label] -= 1.0f;
  maximum = largest;
  return sum;
}

/// A square of a float is exact in double precision: no fused multiply-add is needed for the same bits.
double squares(const float* x, std::size_t size) {
  double partial[group_size] = {};
  for (std::size_t i = 0; i < size; i += group_size)
    for (std::size_t lane = 0; lane < group_size; ++lane) {
      const auto value = static_cast<double>(x[i + lane]);
      partial[lane] += value * value;
    }
  return add_by_halves(partial);
}

bool all_finite(const float* x, std::size_t size) {
  const I exponent = all_bits(0x7f800000);
  I bad = all_bits(0);
  for (std::size_t i = 0; i < size; i += lanes) bad |= ((I)load(x + i) & exponent) == exponent;
  std::int32_t any = 0;
  for (std::size_t lane = 0; lane < lanes; ++lane) any |= bad[lane];
  return any == 0;
}

}  // namespace
}  // namespace ablate::compute::ABLATE_ISA
