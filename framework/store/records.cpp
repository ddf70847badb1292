#include "store/records.hpp"

#include <stdexcept>

namespace ablate {

std::string to_string(RunStatus status) {
  switch (status) {
    case RunStatus::planned:
      return "planned";
    case RunStatus::running:
      return "running";
    case RunStatus::waiting:
      return "waiting";
    case RunStatus::done:
      return "done";
    case RunStatus::stopped:
      return "stopped";
    case RunStatus::diverged:
      return "diverged";
    case RunStatus::failed:
      return "failed";
    case RunStatus::interrupted:
      return "interrupted";
  }
  throw std::invalid_argument("no such run status");
}

}  // namespace ablate
