#pragma once
/// Which kernels this process uses. All give the same bits; they differ in speed.

#include <string_view>
#include <vector>

#include "compute/kernels.hpp"

namespace ablate::compute {

/// Those that this processor can run, the fastest first; the last is "portable".
const std::vector<const Kernels*>& available_kernels();

/// The named ones. Throws RequestError with the choices where there are none of that name here.
const Kernels& kernels_named(std::string_view name);

/// Those of this process: $ABLATE_KERNELS, or the fastest; chosen at the first call, which may throw RequestError.
/// It also makes the calling thread treat subnormal numbers as numbers, which a library built with -ffast-math
/// may have switched off.
const Kernels& kernels();

}  // namespace ablate::compute
