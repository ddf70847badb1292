// The kernels for the instruction set AVX-512.
#if defined(__x86_64__)
#define ABLATE_ISA avx512
#define ABLATE_ISA_AVX512
#include "compute/isa/table.hpp"
#endif
