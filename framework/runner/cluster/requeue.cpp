#include "runner/cluster/requeue.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "base/captured_process.hpp"
#include "runner/cluster/slurm.hpp"

namespace ablate {

std::string requeue_this_task() {
  const char* array = std::getenv("SLURM_ARRAY_JOB_ID");
  const char* task = std::getenv("SLURM_ARRAY_TASK_ID");
  if (!array || !task) return "this is no task of a Slurm array";
  const Captured said =
      run_captured({"scontrol", "requeue", fmt::format("{}_{}", array, task)}, {.seconds = slurm_patience});
  return said.code == 0 ? std::string() : first_line_of(said);
}

}  // namespace ablate
