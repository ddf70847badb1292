#include "stats/effect_size.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"
#include "stats/summary.hpp"

using namespace ablate;

TEST_CASE("dominance of one sample over another agrees with SciPy's U") {
  const auto cases = test::golden("dominance");
  CHECK(cases.size() == 30);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto &first = golden.groups[0], &second = golden.groups[1];
    test::check_agree(std::array{probability_of_improvement(first, second), cliffs_delta(first, second)},
                      golden.groups[2]);
  }
}

TEST_CASE("the probability of improvement and the interquartile mean agree with rliable") {
  const auto cases = test::golden("aggregates");
  CHECK(cases.size() == 21);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto &first = golden.groups[0], &second = golden.groups[1];
    test::check_agree(std::array{probability_of_improvement(first, second), interquartile_mean(first),
                                 interquartile_mean(second)},
                      golden.groups[2]);
  }
}

TEST_CASE("dominance over nothing is not a number") {
  CHECK(std::isnan(cliffs_delta({}, std::vector<double>{1.0})));
  CHECK(std::isnan(probability_of_improvement(std::vector<double>{1.0}, std::vector<double>{std::nan("")})));
}

TEST_CASE("Hedges' correction is that of his table") {
  // Hedges 1981, table 1: c(m) is 0.7979 for m = 4 and 0.9490 for m = 15, m degrees of freedom.
  for (const auto& [n, correction] : {std::pair{5, 0.7979}, std::pair{16, 0.9490}}) {
    const Summary summary{.n = static_cast<std::size_t>(n), .mean = 1.0, .standard_deviation = 1.0};
    CHECK(cohens_d_z(summary) == 1.0);
    CHECK(hedges_g_z(summary) == Approx(correction).margin(5e-5));
  }
}
