#pragma once
/// The BLAS library that Armadillo calls: OpenBLAS.

#include <string>

namespace ablate {

/// One thread a process: a worker is a process, and the same thread count gives the same bits.
void use_one_blas_thread();

struct BlasInfo {
  std::string library;  ///< "OpenBLAS 0.3.21"
  std::string core;     ///< the kernels in use, "Haswell"; other kernels round differently
};

BlasInfo blas_info();

/// Where the processor has AVX-512 and this OpenBLAS does not use it (it is older than the processor), the
/// value of OPENBLAS_CORETYPE that makes it; else empty.
std::string faster_blas_core();

}  // namespace ablate
