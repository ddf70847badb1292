#include "stats/calibration_chance.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using namespace ablate;

TEST_CASE("the chance level of the calibration error agrees with SciPy's binomial") {
  const auto cases = test::golden("ece_chance");
  CHECK(cases.size() == 9);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    std::vector<CalibrationBin> bins;
    for (std::size_t i = 0; i < golden.groups[0].size(); ++i) {
      bins.push_back({static_cast<std::size_t>(golden.groups[0][i]), golden.groups[1][i]});
    }
    test::check_agree(std::vector<double>{chance_level_of_ece(bins)}, golden.groups[2], 1e-9);
  }
}

TEST_CASE("one image that is right in half of all cases looks half wrong") {
  CHECK(chance_level_of_ece(std::vector<CalibrationBin>{{1, 0.5}, {0, 0.7}}) == 0.5);
  CHECK(chance_level_of_ece(std::vector<CalibrationBin>{{9, 1.0}, {7, 0.0}}) == 0.0);
  CHECK(std::isnan(chance_level_of_ece({})));
  CHECK_THROWS_AS(chance_level_of_ece(std::vector<CalibrationBin>{{1, 1.5}}), std::invalid_argument);
}
