#pragma once
/// Ctrl-C, turned into a flag.

#include <atomic>

namespace ablate {

/// While one lives, SIGINT, SIGTERM and SIGHUP (the terminal was closed) set its flag; a second one ends the program as
/// usual. Where SIGHUP is ignored, as under nohup, it stays so. At most one at a time.
class InterruptFlag {
 public:
  /// When a signal takes effect: `checks` where the flag is looked at; `once` ends the program there and then,
  /// with a word on stderr and exit_interrupted: for long work that has written nothing yet.
  enum class At { checks, once };

  explicit InterruptFlag(At when = At::checks);
  ~InterruptFlag();
  InterruptFlag(const InterruptFlag&) = delete;
  InterruptFlag& operator=(const InterruptFlag&) = delete;

  /// From now on the flag is set and the program goes on.
  void wait_for_checks();
  /// A flag for a second signal, half a second after the first or later; then a third ends the program. Where the
  /// terminal is closed, there is no second.
  const std::atomic<bool>& hear_again();
  const std::atomic<bool>& get() const;
};

}  // namespace ablate
