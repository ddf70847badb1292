#include "stats/permutation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/normal.hpp"

using ablate::sign_flip_test;
using ablate::SignFlipTest;

namespace {

std::vector<double> normals(std::size_t n, double mean, std::uint64_t seed) {
  ablate::Stream stream(seed, "test/normals");
  std::vector<double> values(n);
  for (double& value : values) value = mean + ablate::compute::normal(stream);
  return values;
}

}  // namespace

TEST_CASE("sums that differ by rounding alone count as equal") {
  // 0.1 + 0.2 - 0.3 is 5.6e-17 in doubles and 0 on paper; every choice of signs is then at least as far from
  // 0.
  CHECK(sign_flip_test(std::vector<double>{0.1, 0.2, -0.3}).p == 1.0);
  // By hand: |sums| of 1, 1, 2 are 4 0 2 2, each twice, and the observed sum is 2.
  CHECK(sign_flip_test(std::vector<double>{1, -1, 2}).p == 0.75);
}

TEST_CASE(
    "the sign-flip p depends neither on the order of the differences nor on which variant is named first") {
  for (const std::size_t n : {3u, 10u, 17u, 20u}) {
    std::vector<double> differences = normals(n, 0.4, n);
    const double p = sign_flip_test(differences).p;
    std::reverse(differences.begin(), differences.end());
    std::rotate(differences.begin(), differences.begin() + 2, differences.end());
    CHECK(sign_flip_test(differences).p == p);
    for (double& difference : differences) difference = -difference;
    CHECK(sign_flip_test(differences).p == p);
  }
}

TEST_CASE("all signs of twenty pairs are tried, well under a second") {
  const std::vector<double> differences = normals(20, 3.0, 1);
  const auto start = std::chrono::steady_clock::now();
  const SignFlipTest test = sign_flip_test(differences);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(500));
  CHECK(test.p >= std::ldexp(1.0, -19));
  CHECK(test.standard_error == 0.0);
  CHECK(test.smallest_p == std::ldexp(1.0, -19));
}

TEST_CASE("above twenty pairs signs are drawn, and p comes with its error") {
  // Whole numbers, so that the exact p can be counted by another way: the sums' distribution.
  const std::vector<int> whole{3, -1, 4, 1, -5, 9, 2,  -6, 5, 3,  5, -8, 9,
                               7, -9, 3, 2, 3,  8, -4, 6,  2, -6, 4, 3};
  std::vector<double> chances(301, 0.0), differences;
  chances[150] = 1.0;
  int sum = 0;
  for (const int size : whole) {
    std::vector<double> next(301, 0.0);
    const auto step = static_cast<std::size_t>(std::abs(size));
    for (std::size_t i = step; i + step < chances.size(); ++i) {
      next[i - step] += chances[i] / 2;
      next[i + step] += chances[i] / 2;
    }
    chances = next;
    sum += size;
    differences.push_back(size / 100.0);
  }
  double exact = 0.0;
  for (int i = -150; i <= 150; ++i) {
    if (std::abs(i) >= std::abs(sum)) exact += chances[static_cast<std::size_t>(i + 150)];
  }
  const SignFlipTest test = sign_flip_test(differences);
  CHECK(test.standard_error ==
        Approx(std::sqrt(exact * (1 - exact) / ablate::drawn_sign_choices)).epsilon(0.05));
  CHECK(std::abs(test.p - exact) < 4 * test.standard_error);
  CHECK(test.smallest_p == std::ldexp(1.0, -24));
  CHECK(sign_flip_test(differences).p == test.p);
}

TEST_CASE("drawn signs never make a p of 0") {
  const SignFlipTest test = sign_flip_test(std::vector<double>(60, 1.0));
  CHECK(test.p == 1.0 / (ablate::drawn_sign_choices + 1));
}

TEST_CASE("no difference has no sign-flip p, one has 1, and so have zeros") {
  CHECK(std::isnan(sign_flip_test({}).p));
  CHECK(std::isnan(sign_flip_test({}).smallest_p));
  CHECK(sign_flip_test(std::vector<double>{0.3}).p == 1.0);
  CHECK(sign_flip_test(std::vector<double>(30, 0.0)).p == 1.0);
  CHECK(std::isnan(sign_flip_test(std::vector<double>{0.3, INFINITY}).p));
}
