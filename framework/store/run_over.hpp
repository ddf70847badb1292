#pragma once
/// Which statuses are an end.

#include "store/records.hpp"

namespace ablate {

/// Done, stopped, diverged or failed: nobody continues it unless asked to.
inline bool is_over(RunStatus status) {
  return status == RunStatus::done || status == RunStatus::stopped || status == RunStatus::diverged ||
         status == RunStatus::failed;
}

}  // namespace ablate
