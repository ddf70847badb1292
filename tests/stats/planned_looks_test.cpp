#include "stats/planned_looks.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"
#include "stats/sign_choices.hpp"

using namespace ablate;

TEST_CASE("the boundaries of planned looks agree with nested quadrature by SciPy") {
  const auto cases = test::golden("planned_looks");
  CHECK(cases.size() == 6);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    std::vector<std::size_t> seeds;
    for (const double count : golden.groups[0]) seeds.push_back(static_cast<std::size_t>(count));
    std::vector<double> z, nominal, spent;
    for (const PlannedLook& look : planned_looks(seeds, golden.groups[1][0])) {
      z.push_back(look.z);
      nominal.push_back(look.nominal);
      spent.push_back(look.spent);
    }
    test::check_agree(z, golden.groups[2], 1e-9);
    test::check_agree(nominal, golden.groups[3], 1e-8);
    test::check_agree(spent, golden.groups[4], 1e-9);
  }
}

TEST_CASE("a look that flips cannot use spends nothing, and the next has its share") {
  // O'Brien and Fleming give 8 of 24 seeds 0.0002, flips of 8 seeds cannot go below 2 / 2^8 = 0.0078.
  const auto looks = planned_looks(std::vector<std::size_t>{8, 16, 24}, 0.05);
  CHECK(looks[0].nominal == 0.0);
  CHECK(looks[0].spent == 0.0);
  CHECK(std::isinf(looks[0].z));
  const auto without = planned_looks(std::vector<std::size_t>{16, 24}, 0.05);
  CHECK(looks[1].z == without[0].z);
  CHECK(looks[2].z == without[1].z);
  CHECK(looks[2].spent == 0.05);
  for (const PlannedLook& look : looks)
    CHECK((look.nominal == 0.0 || look.nominal >= sign_flip_floor(look.seeds)));
}

TEST_CASE("more seeds never have less of the level") {
  const auto looks = planned_looks(std::vector<std::size_t>{10, 12, 14, 16, 18, 20}, 0.05);
  for (std::size_t i = 1; i < looks.size(); ++i) {
    CHECK(looks[i].nominal > looks[i - 1].nominal);
    CHECK(looks[i].spent > looks[i - 1].spent);
  }
  CHECK(looks.back().nominal < 0.05);
}

TEST_CASE("the times of looks begin with the first and end with the most") {
  CHECK(look_times(8, 4, 24) == std::vector<std::size_t>{8, 12, 16, 20, 24});
  CHECK(look_times(8, 5, 15) == std::vector<std::size_t>{8, 13, 15});
  CHECK(look_times(6, 1, 6) == std::vector<std::size_t>{6});
  CHECK_THROWS_AS(look_times(8, 0, 24), std::invalid_argument);
  CHECK_THROWS_AS(look_times(8, 4, 7), std::invalid_argument);
  CHECK_THROWS_AS(planned_looks(std::vector<std::size_t>{8, 8}, 0.05), std::invalid_argument);
  CHECK_THROWS_AS(planned_looks({}, 0.05), std::invalid_argument);
  CHECK_THROWS_AS(planned_looks(std::vector<std::size_t>{8}, 1.0), std::invalid_argument);
}
