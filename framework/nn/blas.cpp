#include "nn/blas.hpp"

#include <sstream>

// OpenBLAS's own interface (cblas.h of OpenBLAS declares these three).
extern "C" {
void openblas_set_num_threads(int threads);
char* openblas_get_config();
char* openblas_get_corename();
}

namespace ablate {

void use_one_blas_thread() { openblas_set_num_threads(1); }

BlasInfo blas_info() {
  std::istringstream config(openblas_get_config());
  std::string name, version;
  config >> name >> version;
  return {name + " " + version, openblas_get_corename()};
}

std::string faster_blas_core() {
#if defined(__x86_64__)
  const std::string core = openblas_get_corename();
  const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  if (has_avx512 && (core == "Haswell" || core == "Zen")) return "SkylakeX";
#endif
  return {};
}

}  // namespace ablate
