// The kernels for any processor: vectors of four, and fmaf lane by lane.
#define ABLATE_ISA portable
#define ABLATE_ISA_PORTABLE
#include "compute/isa/table.hpp"
