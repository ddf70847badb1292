#pragma once
/// Ctrl-C, turned into a flag.

#include <atomic>

namespace ablate {

/// While one lives, SIGINT and SIGTERM set its flag; a second one ends the program as usual. At most one at a
/// time.
class InterruptFlag {
 public:
  InterruptFlag();
  ~InterruptFlag();
  InterruptFlag(const InterruptFlag&) = delete;
  InterruptFlag& operator=(const InterruptFlag&) = delete;

  const std::atomic<bool>& get() const;
};

}  // namespace ablate
