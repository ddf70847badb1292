#pragma once
/// Vectors of floats of one instruction set: the only lines that know the processor. Everything in this folder is
/// compiled once an instruction set (kernels_*.cpp), is in an unnamed namespace and calls no function of a library:
/// an inline function that such an object exported could be the one that a linker gives to other processors too.

#include <cstddef>
#include <cstdint>
#include <utility>

#if defined(ABLATE_ISA_AVX512) || defined(ABLATE_ISA_AVX2)
#include <immintrin.h>
#elif defined(ABLATE_ISA_NEON)
#include <arm_neon.h>
#endif

#define ABLATE_INLINE static inline __attribute__((always_inline))

namespace ablate::compute::ABLATE_ISA {
namespace {

#if defined(ABLATE_ISA_AVX512)
constexpr std::size_t lanes = 16;
#elif defined(ABLATE_ISA_AVX2)
constexpr std::size_t lanes = 8;
#else
constexpr std::size_t lanes = 4;
#endif
constexpr std::size_t panel_width = 128;  ///< layout.hpp's
constexpr std::size_t group_size = 16;
constexpr std::size_t cached_images =
    128;  ///< of a forward product at a time: what is read of them stays near

typedef float V __attribute__((vector_size(4 * lanes)));
typedef std::int32_t I __attribute__((vector_size(4 * lanes)));
typedef float Unaligned __attribute__((vector_size(4 * lanes), aligned(4), may_alias));

ABLATE_INLINE V load(const float* from) { return *reinterpret_cast<const Unaligned*>(from); }
ABLATE_INLINE void store(float* to, V v) { *reinterpret_cast<Unaligned*>(to) = v; }

/// a b + c, rounded once
ABLATE_INLINE V fma(V a, V b, V c) {
#if defined(ABLATE_ISA_AVX512)
  return (V)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif defined(ABLATE_ISA_AVX2)
  return (V)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#elif defined(ABLATE_ISA_NEON)
  return (V)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
  V r;
  for (std::size_t i = 0; i < lanes; ++i) r[i] = __builtin_fmaf(a[i], b[i], c[i]);
  return r;
#endif
}

ABLATE_INLINE V square_root(V a) {
#if defined(ABLATE_ISA_AVX512)
  return (V)_mm512_maskz_sqrt_ps(0xffff, (__m512)a);
#elif defined(ABLATE_ISA_AVX2)
  return (V)_mm256_sqrt_ps((__m256)a);
#elif defined(ABLATE_ISA_NEON)
  return (V)vsqrtq_f32((float32x4_t)a);
#else
  V r;
  for (std::size_t i = 0; i < lanes; ++i) r[i] = __builtin_sqrtf(a[i]);
  return r;
#endif
}

ABLATE_INLINE V all(float x) {
#if defined(ABLATE_ISA_AVX512)
  return (V)_mm512_set1_ps(x);
#elif defined(ABLATE_ISA_AVX2)
  return (V)_mm256_set1_ps(x);
#elif defined(ABLATE_ISA_NEON)
  return (V)vdupq_n_f32(x);
#else
  return V{x, x, x, x};
#endif
}

ABLATE_INLINE I all_bits(std::int32_t x) {
  I r;
#pragma GCC unroll 16
  for (std::size_t i = 0; i < lanes; ++i) r[i] = x;
  return r;
}

/// Bit i: byte i of the 32 at `from` is not 0.
ABLATE_INLINE std::uint32_t nonzero_bytes(const std::uint8_t* from) {
#if defined(ABLATE_ISA_AVX512)
  const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  return _mm256_test_epi8_mask(v, v);
#elif defined(ABLATE_ISA_AVX2)
  const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_setzero_si256())));
#else
  std::uint32_t bits = 0;
  for (int i = 0; i < 32; ++i) bits |= static_cast<std::uint32_t>(from[i] != 0) << i;
  return bits;
#endif
}

/// Of two numbers the larger, or b where either is NaN.
ABLATE_INLINE V larger(V a, V b) { return a > b ? a : b; }
ABLATE_INLINE V smaller(V a, V b) { return a < b ? a : b; }
ABLATE_INLINE V magnitude(V x) { return (V)((I)x & all_bits(0x7fffffff)); }
/// The magnitude of x with the sign of `like`.
ABLATE_INLINE V signed_like(V x, V like) {
  return (V)(((I)x & all_bits(0x7fffffff)) | ((I)like & ~all_bits(0x7fffffff)));
}

template <std::size_t Step, std::size_t... lane>
ABLATE_INLINE void exchange(V& x, V& y, std::index_sequence<lane...>) {
  const V a = x, b = y;
  x = __builtin_shufflevector(a, b, static_cast<int>(lane & Step ? lanes + lane - Step : lane)...);
  y = __builtin_shufflevector(a, b, static_cast<int>(lane & Step ? lanes + lane : lane + Step)...);
}

template <std::size_t Step>
ABLATE_INLINE void exchange_all(V* a) {
#pragma GCC unroll 16
  for (std::size_t i = 0; i < lanes; ++i)
    if (!(i & Step)) exchange<Step>(a[i], a[i + Step], std::make_index_sequence<lanes>{});
}

/// Lane i of a[j] becomes lane j of a[i].
ABLATE_INLINE void transpose(V* a) {
  exchange_all<1>(a);
  exchange_all<2>(a);
  if constexpr (lanes >= 8) exchange_all<4>(a);
  if constexpr (lanes >= 16) exchange_all<8>(a);
}

/// Where panel number p of a map begins: its first output, and how many it has.
struct Panel {
  std::size_t first, width;
};
ABLATE_INLINE Panel panel_of(std::size_t p, std::size_t outputs) {
  const std::size_t first = p * panel_width, left = outputs - first;
  return {first, left < panel_width ? left : panel_width};
}
ABLATE_INLINE std::size_t panels_of(std::size_t outputs) { return (outputs + panel_width - 1) / panel_width; }

}  // namespace
}  // namespace ablate::compute::ABLATE_ISA
