#pragma once
/// What another program prints.

#include <string>
#include <vector>

namespace ablate {

struct Captured {
  int code = 127;  ///< its exit code; 127: it could not be started; 128 + n: signal n ended it
  std::string out, err;
  bool late = false;  ///< it was killed: its time was up
};

/// Runs `command` (looked up in PATH) with its words as they are, nothing on its stdin, and keeps what it prints, at
/// most 64 MiB a stream. It is killed after so many seconds.
Captured run_captured(const std::vector<std::string>& command, double seconds);

}  // namespace ablate
