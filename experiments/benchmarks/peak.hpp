#pragma once
/// What the processor's fused multiply-add units can do from registers alone, in GFLOP/s; 0 where they cannot.

#include <cstddef>

#include "step_protocol.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace step_benchmark {

#if defined(__x86_64__)
/// Independent chains, as many as the registers hold, hide the latency of one.
#define ABLATE_PEAK(NAME, TARGET, VECTOR, LANES, CHAINS, SET, FMA)            \
  __attribute__((target(TARGET))) inline double NAME() {                      \
    constexpr std::size_t rounds = 2'000'000, chains = CHAINS;                \
    VECTOR sums[chains];                                                      \
    for (auto& sum : sums) sum = SET(0.5f);                                   \
    const VECTOR a = SET(0.999f), b = SET(0.001f);                            \
    const double begun = processor_seconds();                                 \
    for (std::size_t i = 0; i < rounds; ++i) {                                \
      _Pragma("GCC unroll 20") for (auto& sum : sums) sum = FMA(sum, a, b);   \
    }                                                                         \
    const double passed = processor_seconds() - begun;                        \
    volatile float sink = 0.0f;                                               \
    for (auto& sum : sums) sink = sink + sum[0];                              \
    return 2.0 * LANES * static_cast<double>(rounds * chains) / passed / 1e9; \
  }
ABLATE_PEAK(peak_avx2, "avx2,fma", __m256, 8, 10, _mm256_set1_ps, _mm256_fmadd_ps)
ABLATE_PEAK(peak_avx512, "avx512f", __m512, 16, 20, _mm512_set1_ps, _mm512_fmadd_ps)
#undef ABLATE_PEAK
#endif

inline double peak_of(const std::string& kernels) {
#if defined(__x86_64__)
  if (kernels == "avx2") return peak_avx2();
  if (kernels == "avx512") return peak_avx512();
#endif
  return 0.0;
}

}  // namespace step_benchmark
