#include "stats/pairing.hpp"

#include <cmath>
#include <map>
#include <stdexcept>

namespace ablate {

namespace {

std::map<std::int64_t, double> finite_by_seed(std::span<const SeedValue> values) {
  std::map<std::int64_t, double> by_seed;
  for (const SeedValue& value : values) {
    if (!by_seed.emplace(value.seed, value.value).second) {
      throw std::invalid_argument("a seed appears twice among the values of one variant");
    }
  }
  std::erase_if(by_seed, [](const auto& entry) { return !std::isfinite(entry.second); });
  return by_seed;
}

}  // namespace

SeedPairs pair_by_seed(std::span<const SeedValue> first, std::span<const SeedValue> second) {
  std::map<std::int64_t, double> others = finite_by_seed(second);
  SeedPairs pairs;
  for (const auto& [seed, value] : finite_by_seed(first)) {
    const auto other = others.find(seed);
    if (other == others.end()) {
      pairs.only_first.push_back(seed);
      continue;
    }
    pairs.seeds.push_back(seed);
    pairs.first.push_back(value);
    pairs.second.push_back(other->second);
    pairs.differences.push_back(value - other->second);
    others.erase(other);
  }
  for (const auto& [seed, value] : others) pairs.only_second.push_back(seed);
  return pairs;
}

}  // namespace ablate
