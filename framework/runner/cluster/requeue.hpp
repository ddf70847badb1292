#pragma once
/// A task of Slurm that is to run again.

#include <string>

namespace ablate {

/// Asks Slurm to queue this task again, under its array's name: the number of a job alone may stand for the whole
/// array. Returns why not; empty: it does, and ends this process soon.
std::string requeue_this_task();

}  // namespace ablate
