#pragma once
/// Random numbers that are the same on every platform. There is no global generator: every use is a named
/// stream.

#include <cstdint>
#include <span>
#include <string_view>

#include <boost/random/mersenne_twister.hpp>

namespace ablate {

/// A stream of random numbers, fixed by a seed and the purpose it serves ("init/hidden1/weight",
/// "order/epoch/7"). Streams of different seeds or purposes are unrelated, so a new use of randomness never
/// disturbs an old one. Generator: MT19937-64 (Matsumoto and Nishimura 1998), seeded with SHA-256 of seed and
/// purpose.
class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view purpose);

  /// Uniform in [0, 1).
  double uniform();
  /// Uniform in [low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform in {0, ..., count - 1}; count must be positive.
  std::uint64_t below(std::uint64_t count);

 private:
  boost::random::mt19937_64 generator_;
};

/// A fair permutation in place (Fisher and Yates).
template <class T>
void shuffle(std::span<T> items, Stream& stream) {
  for (std::size_t i = items.size(); i > 1; --i) {
    std::swap(items[i - 1], items[stream.below(i)]);
  }
}

}  // namespace ablate
