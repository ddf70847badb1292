#include "runner/patience.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace ablate {

double Patience::put_off(std::int64_t run_id) {
  double& seconds = seconds_[run_id];
  seconds = std::min(60.0, std::max(1.0, 2.0 * seconds));
  store_.put_off(run_id, seconds);
  return seconds;
}

bool Patience::wait() {
  if (seconds_.empty() || !store_.is_any_put_off()) return false;
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return true;
}

}  // namespace ablate
