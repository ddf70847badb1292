#include "compute/dispatch.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace ablate::compute {

#if defined(__x86_64__)
namespace avx512 {
extern const Kernels table;
}
namespace avx2 {
extern const Kernels table;
}
#elif defined(__aarch64__)
namespace neon {
extern const Kernels table;
}
#endif
namespace portable {
extern const Kernels table;
}

namespace {

std::vector<const Kernels*> find_available() {
  std::vector<const Kernels*> found;
#if defined(__x86_64__)
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                        __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") &&
                          __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512vl");
  if (has_avx512) found.push_back(&avx512::table);
  if (has_avx2) found.push_back(&avx2::table);
#elif defined(__aarch64__)
  found.push_back(&neon::table);
#endif
  found.push_back(&portable::table);
  return found;
}

void keep_subnormal_numbers() {
#if defined(__x86_64__)
  constexpr unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  _mm_setcsr(_mm_getcsr() & ~(flush_to_zero | denormals_are_zero));
#endif
}

const Kernels& choose() {
  keep_subnormal_numbers();
  const char* forced = std::getenv("ABLATE_KERNELS");
  return forced && *forced ? kernels_named(forced) : *available_kernels().front();
}

}  // namespace

const std::vector<const Kernels*>& available_kernels() {
  static const std::vector<const Kernels*> found = find_available();
  return found;
}

const Kernels& kernels_named(std::string_view name) {
  std::vector<std::string> names;
  for (const Kernels* one : available_kernels()) {
    if (one->name == name) return *one;
    names.emplace_back(one->name);
  }
  throw RequestError(fmt::format("ABLATE_KERNELS: this processor has no kernels named \"{}\"", name),
                     fmt::format("one of {}, or leave it unset for the fastest", fmt::join(names, ", ")));
}

const Kernels& kernels() {
  static const Kernels& chosen = choose();
  return chosen;
}

}  // namespace ablate::compute
