// The kernels for the instruction sets AVX2 and FMA.
#if defined(__x86_64__)
#define ABLATE_ISA avx2
#define ABLATE_ISA_AVX2
#include "compute/isa/table.hpp"
#endif
