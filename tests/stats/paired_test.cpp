#include "ablate/stats/paired.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using ablate::paired_difference;
using ablate::PairedDifference;
using ablate::sign_flip_p;

TEST_CASE("paired differences agree with SciPy") {
  // Made by tests/support/make_stats_golden.py; its first line names the version.
  std::ifstream file(ABLATE_SOURCE_DIR "/tests/golden/stats.txt");
  std::size_t cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line[0] == '#') continue;
    ++cases;
    CAPTURE(line);
    std::istringstream in(line);
    std::size_t n = 0;
    double confidence = 0.0;
    std::array<double, 8> golden{};
    char bar = 0;
    in >> n >> confidence;
    for (double& number : golden) in >> number;
    in >> bar;
    std::vector<double> differences(n);
    for (double& difference : differences) {
      in >> difference;
      difference /= 4096.0;
    }
    REQUIRE(in);
    const PairedDifference d = paired_difference(differences, confidence);
    const std::array<double, 8> ours{d.summary.mean, d.summary.standard_deviation,
                                     d.interval.low, d.interval.high,
                                     d.effect_size,  d.t,
                                     d.t_p,          d.permutation_p};
    for (std::size_t i = 0; i < ours.size(); ++i)
      CHECK(ours[i] == Approx(golden[i]).epsilon(1e-10).margin(1e-15));
  }
  CHECK(cases == 60);
}

TEST_CASE("five differences of one sign have the smallest exact p that five pairs can give") {
  const PairedDifference d = paired_difference(std::vector<double>{0.1, 0.2, 0.3, 0.4, 0.5}, 0.95);
  CHECK(d.permutation_p == 0.0625);
  CHECK(d.smallest_permutation_p == 0.0625);
}

TEST_CASE("sums that differ by rounding alone count as equal") {
  // 0.1 + 0.2 - 0.3 is 5.6e-17 in doubles and 0 on paper; every choice of signs is then at least as far from
  // 0.
  CHECK(sign_flip_p(std::vector<double>{0.1, 0.2, -0.3}) == 1.0);
  // By hand: |sums| of 1, 1, 2 are 4 0 2 2, each twice, and the observed sum is 2.
  CHECK(sign_flip_p(std::vector<double>{1, -1, 2}) == 0.75);
}

TEST_CASE("no pair says nothing") {
  const PairedDifference d = paired_difference({}, 0.95);
  CHECK(d.summary.n == 0);
  CHECK(std::isnan(d.summary.mean));
  CHECK(std::isnan(d.permutation_p));
  CHECK(std::isnan(d.smallest_permutation_p));
}

TEST_CASE("one pair has a mean, and a p of 1") {
  const PairedDifference d = paired_difference(std::vector<double>{0.25}, 0.95);
  CHECK(d.summary.mean == 0.25);
  CHECK(std::isnan(d.interval.low));
  CHECK(std::isnan(d.effect_size));
  CHECK(std::isnan(d.t_p));
  CHECK(d.permutation_p == 1.0);
  CHECK(d.smallest_permutation_p == 1.0);
}

TEST_CASE("differences without spread give no t test, but the permutation test stands") {
  // Equal on paper; in doubles the first is 0.09999999999999998.
  for (const std::vector<double>& same :
       {std::vector<double>{0.9 - 0.8, 0.5 - 0.4, 0.1}, std::vector<double>(3, 0.1)}) {
    const PairedDifference d = paired_difference(same, 0.95);
    CHECK(std::isnan(d.t));
    CHECK(std::isnan(d.t_p));
    CHECK(std::isnan(d.effect_size));
    CHECK(d.interval.low == Approx(0.1));
    CHECK(d.interval.high == Approx(0.1));
    CHECK(d.permutation_p == 0.25);
  }
  const PairedDifference zero = paired_difference(std::vector<double>(4, 0.0), 0.95);
  CHECK(std::isnan(zero.t_p));
  CHECK(zero.interval.high == 0.0);
  CHECK(zero.permutation_p == 1.0);
}

TEST_CASE("above twenty pairs the exact test is left out and the t test stays") {
  std::vector<double> differences;
  for (int i = 0; i < 21; ++i) differences.push_back(0.1 + 0.01 * i);
  CHECK(std::isnan(paired_difference(differences, 0.95).permutation_p));
  CHECK(paired_difference(differences, 0.95).t_p < 1e-9);
  differences.pop_back();
  CHECK(sign_flip_p(differences) == std::ldexp(1.0, -19));
}

TEST_CASE("a difference that is not a number spoils the result visibly") {
  const PairedDifference d = paired_difference(std::vector<double>{0.1, std::nan(""), 0.3}, 0.95);
  CHECK(std::isnan(d.summary.mean));
  CHECK(std::isnan(d.t_p));
  CHECK(std::isnan(d.permutation_p));
}
