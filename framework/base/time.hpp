#pragma once
/// Seconds that pass and moments that are written down.

#include <chrono>
#include <string>

namespace ablate {

/// Seconds since it was made or last restarted, from a clock that never goes back.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  /// Seconds so far; then starts from 0.
  double restart() {
    const double passed = seconds();
    start_ = Clock::now();
    return passed;
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

/// A moment in UTC as "2026-11-22T19:05:30Z", which sorts as text.
std::string utc_text(std::chrono::system_clock::time_point moment = std::chrono::system_clock::now());

/// The same with milliseconds, "2026-11-22T19:05:30.125Z", of seconds since 1970: runs may last less than a
/// second.
std::string moment_text(double unix_seconds);

/// Seconds since 1970, from the system's clock.
double unix_seconds();

/// "4.2 s", "3 min 07 s", "2 h 05 min".
std::string duration_text(double seconds);

}  // namespace ablate
