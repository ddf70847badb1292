#include "store/turns.hpp"

#include <chrono>
#include <cstdint>
#include <thread>

#include <sqlite3.h>
#include <unistd.h>

namespace ablate {
namespace {

using Clock = std::chrono::steady_clock;

/// SQLite calls it with 0 tries when a wait begins; 0 as the answer: it is over.
int look_again(void* milliseconds, int tries) {
  thread_local Clock::time_point began;
  if (tries == 0) began = Clock::now();
  const std::chrono::milliseconds patience(reinterpret_cast<std::intptr_t>(milliseconds));
  if (Clock::now() - began >= patience) return 0;
  // Steps of 1 to 10 ms, of another length for each process, so that those who wait do not march in step.
  const auto step = 1 + (7 * std::int64_t{tries} + 3 * std::int64_t{::getpid()}) % 10;
  std::this_thread::sleep_for(std::chrono::milliseconds(step));
  return 1;
}

}  // namespace

void wait_for_turns(sqlite3* connection, int milliseconds) {
  sqlite3_busy_handler(connection, look_again, reinterpret_cast<void*>(std::intptr_t{milliseconds}));
}

}  // namespace ablate
