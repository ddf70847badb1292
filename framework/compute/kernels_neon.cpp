// The kernels for ARM's NEON.
#if defined(__aarch64__)
#define ABLATE_ISA neon
#define ABLATE_ISA_NEON
#include "compute/isa/table.hpp"
#endif
