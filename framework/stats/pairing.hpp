#pragma once
/// Two variants paired by seed.

#include <cstdint>
#include <span>
#include <vector>

namespace ablate {

/// A run's value; not a finite number where the run diverged, failed or is missing.
struct SeedValue {
  std::int64_t seed;
  double value;
};

/// The seeds in which both have a value, rising, and their values in that order.
struct SeedPairs {
  std::vector<std::int64_t> seeds;
  std::vector<double> first, second;
  std::vector<double> differences;  ///< first - second
  /// Seeds left out, because the other has no value there.
  std::vector<std::int64_t> only_first, only_second;
};

/// Unequal seed sets are paired where they meet; a seed without a value on both sides is nowhere. A seed that
/// appears twice on one side is std::invalid_argument.
SeedPairs pair_by_seed(std::span<const SeedValue> first, std::span<const SeedValue> second);

}  // namespace ablate
