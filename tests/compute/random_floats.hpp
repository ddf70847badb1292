#pragma once
/// Random operands for the kernels, and what it takes to compare their results bit by bit.

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "compute/aligned.hpp"

namespace ablate::test {

inline compute::AlignedFloats random_floats(std::size_t size, Stream& stream, double low = -1.0,
                                            double high = 1.0) {
  compute::AlignedFloats floats(size);
  for (float& x : floats) x = static_cast<float>(stream.uniform(low, high));
  return floats;
}

/// How many of the elements differ in any bit, sizes included.
template <class A, class B>
std::size_t differing_bits(const A& a, const B& b) {
  if (a.size() != b.size()) return a.size() + b.size();
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differing += std::memcmp(&a[i], &b[i], sizeof a[i]) != 0;
  return differing;
}

}  // namespace ablate::test
