#pragma once
/// What becomes of runs that ask for later.

#include <cstdint>
#include <unordered_map>

#include "base/time.hpp"
#include "store/store.hpp"

namespace ablate {

/// Runs whose program asked to be started again later: other runs come first, and it waits twice as long every time,
/// at most a minute. Keeps a reference to the store.
class Patience {
 public:
  explicit Patience(Store& store) : store_(store) {}

  /// Seconds that it now waits.
  double put_off(std::int64_t run_id);
  /// What has waited for long enough may be claimed.
  void take_up();
  /// Sleeps a moment; false where nothing is to be waited for.
  bool wait();

 private:
  struct Wait {
    double seconds = 0.0;
    Stopwatch since = {};
  };
  Store& store_;
  std::unordered_map<std::int64_t, Wait> waits_;
};

}  // namespace ablate
