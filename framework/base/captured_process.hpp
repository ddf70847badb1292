#pragma once
/// What another program prints, within limits.

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

namespace ablate {

struct CaptureLimits {
  double seconds = 10.0;                      ///< of the clock
  std::size_t bytes = std::size_t{64} << 20;  ///< of what it prints
};

struct Captured {
  enum class End { by_itself, too_late, too_long, stopped };
  End end = End::by_itself;  ///< else it was killed
  int code =
      127;  ///< its exit code; 127: it could not be started, and `err` says why; 128 + n: signal n ended it
  std::string out, err;
};

/// Runs `command` (looked up in PATH) with its words as they are and `input` (at most 32 KB) on its standard input. It is
/// killed where it takes longer or prints more than it may, or `stop` is set.
Captured run_captured(const std::vector<std::string>& command, const CaptureLimits& limits,
                      const std::string& input = {}, const std::atomic<bool>* stop = nullptr);

}  // namespace ablate
