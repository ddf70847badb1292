#pragma once
/// Seeds that are added until the question is settled.

#include <cstddef>

namespace ablate {

/// Looks after `first` seeds, then every `step`, at most after `most`. Seeds are 1, 2, 3, ...
struct SeedsUntilSettled {
  std::size_t first = 8, step = 4, most = 24;
  friend bool operator==(const SeedsUntilSettled&, const SeedsUntilSettled&) = default;
};

}  // namespace ablate
