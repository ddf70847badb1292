#include "runner/patience.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace ablate {

double Patience::put_off(std::int64_t run_id) {
  Wait& wait = waits_[run_id];
  wait.seconds = std::min(60.0, std::max(1.0, 2.0 * wait.seconds));
  wait.since.restart();
  store_.put_off(run_id);
  return wait.seconds;
}

void Patience::take_up() {
  for (const auto& [run_id, wait] : waits_) {
    if (wait.since.seconds() >= wait.seconds) store_.take_up(run_id);
  }
}

bool Patience::wait() {
  if (waits_.empty() || !store_.is_any_put_off()) return false;
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return true;
}

}  // namespace ablate
