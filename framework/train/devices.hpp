#pragma once
/// GPUs, shared out among the programs that this user's workers start.

#include <filesystem>
#include <string>
#include <vector>

#include "train/training.hpp"

namespace ablate {

/// Names of the GPUs that a program would see: those of `CUDA_VISIBLE_DEVICES`, else all that the driver reports,
/// by number.
std::vector<std::string> visible_devices();

/// Some of the visible devices, for its owner alone: each by a lock (flock(2)) that ends with the process, and with
/// those that it forked.
class DeviceClaim {
 public:
  /// Waits for `count` devices while `pulse` goes on; without them it names none. Throws RequestError where fewer
  /// are visible, or the locks' folder cannot be made.
  DeviceClaim(int count, const Pulse& pulse);
  ~DeviceClaim();
  DeviceClaim(const DeviceClaim&) = delete;
  DeviceClaim& operator=(const DeviceClaim&) = delete;

  /// "2,3", as `CUDA_VISIBLE_DEVICES` has it.
  std::string names() const;

 private:
  bool take(const std::vector<std::string>& devices, int count);
  void release();

  std::vector<std::string> names_;
  std::vector<int> locks_;
};

/// Throws RequestError where a run wants more devices than are visible.
void check_devices(int count);

}  // namespace ablate
