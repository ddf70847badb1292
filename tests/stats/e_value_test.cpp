#include "stats/e_value.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using namespace ablate;

namespace {

/// E after each difference.
std::vector<double> after_each(std::span<const double> differences) {
  std::vector<double> after;
  for (std::size_t n = 1; n <= differences.size(); ++n)
    after.push_back(symmetry_e_value(differences.first(n)).last);
  return after;
}

}  // namespace

TEST_CASE("the e-value after each seed agrees with its products written out") {
  const auto cases = test::golden("e_value");
  CHECK(cases.size() == 21);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const EValue e = symmetry_e_value(golden.groups[0]);
    const auto after = after_each(golden.groups[0]);
    test::check_agree(after, golden.groups[1], 1e-9);
    test::check_agree(std::vector<double>{e.anytime_p}, golden.groups[2], 1e-9);
    CHECK(e.largest == std::max(1.0, *std::max_element(after.begin(), after.end())));
  }
}

TEST_CASE("whatever the sizes, the e-value is 1 on average over all signs") {
  // That is what keeps its promise at every look: the mean over the 2^6 signs, at each of the six looks.
  const std::vector<double> sizes{0.3, 4.0, 0.02, 1.0, 1.0, 0.5};
  std::vector<double> mean(6, 0.0);
  for (unsigned signs = 0; signs < 64; ++signs) {
    std::vector<double> d = sizes;
    for (std::size_t i = 0; i < 6; ++i) d[i] *= ((signs >> i) & 1) != 0 ? -1.0 : 1.0;
    const auto after = after_each(d);
    for (std::size_t i = 0; i < 6; ++i) mean[i] += after[i] / 64.0;
  }
  for (const double m : mean) CHECK(m == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("ten differences on one side are evidence, and which side is of no matter") {
  const std::vector<double> up(10, 0.01), down(10, -0.01);
  CHECK(symmetry_e_value(up).last >= 20.0);
  CHECK(symmetry_e_value(up).last == symmetry_e_value(down).last);
}

TEST_CASE("evidence that was reached once stays reached") {
  std::vector<double> d(10, 1.0);
  const double reached = symmetry_e_value(d).largest;
  d.insert(d.end(), 6, -1.0);
  const EValue e = symmetry_e_value(d);
  CHECK(e.last < reached);
  CHECK(e.anytime_p == 1.0 / reached);
}

TEST_CASE("no difference is no evidence, and one that is not finite is refused") {
  CHECK(symmetry_e_value({}).anytime_p == 1.0);
  CHECK(symmetry_e_value(std::vector<double>{0.0, 0.0}).last == 1.0);
  CHECK_THROWS_AS(symmetry_e_value(std::vector<double>{1.0, NAN}), std::invalid_argument);
}
