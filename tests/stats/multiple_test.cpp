#include "stats/multiple.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "stats/golden.hpp"

using ablate::benjamini_hochberg;
using ablate::holm;

TEST_CASE("corrections for many tests agree with statsmodels") {
  const auto cases = ablate::test::golden("multiple");
  CHECK(cases.size() == 30);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    ablate::test::check_agree(holm(golden.groups[0]), golden.groups[1]);
    ablate::test::check_agree(benjamini_hochberg(golden.groups[0]), golden.groups[2]);
  }
}

TEST_CASE("an adjusted p is at least the p, and Benjamini-Hochberg's is at most Holm's") {
  ablate::Stream stream(1, "test/families");
  for (int family = 0; family < 200; ++family) {
    std::vector<double> p(1 + stream.below(20));
    for (double& one : p) one = std::pow(stream.uniform(), 3.0);
    const std::vector<double> by_holm = holm(p), by_rate = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      CHECK(by_rate[i] >= p[i]);
      CHECK(by_holm[i] >= by_rate[i]);
      CHECK(by_holm[i] <= 1.0);
    }
  }
}

TEST_CASE("a row without a p is no member of the family") {
  const std::vector<double> p{0.01, std::nan(""), 0.04};
  CHECK(holm(p)[0] == 0.02);
  CHECK(std::isnan(holm(p)[1]));
  CHECK(holm(p)[2] == 0.04);
  CHECK(benjamini_hochberg(p)[2] == 0.04);
  CHECK(holm({}).empty());
}

TEST_CASE("what is not a probability is refused") {
  CHECK_THROWS_AS(holm(std::vector<double>{0.1, 1.5}), std::invalid_argument);
  CHECK_THROWS_AS(benjamini_hochberg(std::vector<double>{-0.1}), std::invalid_argument);
}
