#pragma once
/// What becomes of runs that ask for later.

#include <cstdint>
#include <unordered_map>

#include "store/store.hpp"

namespace ablate {

/// Runs whose program asked to be started again later: other runs come first, and it waits twice as long every time,
/// at most a minute. Keeps a reference to the store.
class Patience {
 public:
  explicit Patience(Store& store) : store_(store) {}

  /// Seconds that it now waits.
  double put_off(std::int64_t run_id);
  /// Sleeps a moment; false where nothing is to be waited for.
  bool wait();

 private:
  Store& store_;
  std::unordered_map<std::int64_t, double> seconds_;  ///< by the run's number
};

}  // namespace ablate
