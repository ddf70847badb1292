#pragma once
/// The machine that a run was made on.

#include "store/records.hpp"

namespace ablate {

/// Host, system, processor, cores, memory, and the kernels in use; what it does not report is
/// empty or 0.
MachineRecord this_machine();

}  // namespace ablate
