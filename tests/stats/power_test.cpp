#include "stats/power.hpp"

#include <array>
#include <cmath>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using ablate::detectable_effect_size;

TEST_CASE("the smallest effect that so many pairs find agrees with integrating the t test's power") {
  const auto cases = ablate::test::golden("power");
  CHECK(cases.size() == 30);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto& asked = golden.groups[0];
    const double d = detectable_effect_size(static_cast<std::size_t>(asked[0]), asked[1], asked[2]);
    ablate::test::check_agree(std::array{d}, golden.groups[1]);
  }
}

TEST_CASE("the effect that two pairs find is finite at any significance") {
  // With one degree of freedom, t at alpha is 2 / (pi alpha), and the power of a large shift is P(|Z| < shift
  // / t): the effect is 1.2816 t / sqrt(2), 1.2816 being the normal's quantile at 0.9.
  for (const double significance : {1e-3, 1e-5, 1e-8}) {
    const double t = 2.0 / (std::acos(-1.0) * significance);
    CHECK(detectable_effect_size(2, significance) == Approx(1.2815515655 * t / std::sqrt(2.0)).epsilon(1e-5));
  }
}

TEST_CASE("one pair finds no effect however large, and chance alone reaches a power below the significance") {
  CHECK(std::isnan(detectable_effect_size(1, 0.05)));
  CHECK(std::isnan(detectable_effect_size(0, 0.05)));
  CHECK(detectable_effect_size(5, 0.9, 0.8) == 0.0);
  CHECK_THROWS_AS(detectable_effect_size(5, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(detectable_effect_size(5, 0.05, 1.0), std::invalid_argument);
}
