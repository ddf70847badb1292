#include "stats/permutation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "compute/functions.hpp"
#include "stats/summary.hpp"

namespace ablate {

namespace {

// Sums of the sizes under every choice of signs.
std::vector<double> signed_sums(std::span<const double> sizes) {
  std::vector<double> sums{0.0};
  for (const double size : sizes) {
    const std::size_t count = sums.size();
    for (std::size_t i = 0; i < count; ++i) {
      sums.push_back(sums[i] - size);
      sums[i] += size;
    }
  }
  return sums;
}

// Every choice is one of the first half with one of the second: no sum gathers the rounding of a million
// steps.
double exact_p(std::span<const double> differences, double bound) {
  const std::size_t half = differences.size() / 2;
  const std::vector<double> left = signed_sums(differences.first(half));
  const std::vector<double> right = signed_sums(differences.subspan(half));
  std::size_t as_far = 0;
  for (const double a : left) {
    for (const double b : right) as_far += std::abs(a + b) >= bound;
  }
  return static_cast<double>(as_far) / static_cast<double>(left.size() * right.size());
}

double drawn_sum(std::span<const double> differences, Stream& stream) {
  constexpr std::size_t at_once = 32;
  double sum = 0.0;
  std::uint64_t signs = 0;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    if (i % at_once == 0) signs = stream.below(std::uint64_t{1} << at_once);
    sum += (signs & 1) != 0 ? differences[i] : -differences[i];
    signs >>= 1;
  }
  return sum;
}

double drawn_p(std::span<const double> differences, double bound) {
  Stream stream(0, "stats/sign_flip");
  std::size_t as_far = 1;
  for (std::size_t i = 0; i < drawn_sign_choices; ++i) {
    as_far += std::abs(drawn_sum(differences, stream)) >= bound;
  }
  return static_cast<double>(as_far) / static_cast<double>(drawn_sign_choices + 1);
}

}  // namespace

SignFlipTest sign_flip_test(std::span<const double> differences) {
  SignFlipTest test{.p = undefined, .standard_error = undefined, .smallest_p = undefined};
  if (differences.empty()) return test;
  test.smallest_p = std::min(1.0, 2.0 * compute::power(0.5, differences.size()));
  double size = 0.0, sum = 0.0;
  for (const double difference : differences) {
    size += std::abs(difference);
    sum += difference;
  }
  if (!std::isfinite(size)) return test;
  const double bound = std::abs(sum) - rounding * size;
  const bool exact = differences.size() <= most_exact_pairs;
  test.p = exact ? exact_p(differences, bound) : drawn_p(differences, bound);
  test.standard_error =
      exact ? 0.0 : std::sqrt(test.p * (1.0 - test.p) / static_cast<double>(drawn_sign_choices));
  return test;
}

}  // namespace ablate
