#include "stats/family_power.hpp"

#include <cmath>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "compute/normal.hpp"
#include "stats/family.hpp"
#include "stats/power.hpp"

using namespace ablate;

TEST_CASE("six seeds of one row find what makes all six agree in sign 8 times in 10") {
  // By hand: Phi(d)^6 = 0.8 gives d = 1.7926 (SciPy's norm.ppf(0.8 ** (1 / 6))); the other side is nowhere.
  CHECK(detectable_by_family(6, 1, 0.95) == Approx(1.7926).epsilon(0.04));
}

TEST_CASE("the power that is promised is the power that the rule has") {
  // A family of three, ten seeds: one row shifted by what is promised, counted over 800 studies of another stream.
  const double d = detectable_by_family(10, 3, 0.95);
  Stream stream(5, "test/power");
  int found = 0;
  for (int study = 0; study < 800; ++study) {
    std::vector<SeedRow> rows(3);
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::int64_t seed = 0; seed < 10; ++seed) {
        rows[r].seeds.push_back(seed);
        rows[r].values.push_back(compute::normal(stream) + (r == 0 ? d : 0.0));
      }
    }
    found += judge_family(rows, 0.95).members[0].interval.low > 0.0;
  }
  CHECK(found / 800.0 == Approx(0.8).margin(0.05));  // 3.5 standard errors
}

TEST_CASE("six seeds are the fewest for flips at 0.95, eight at 0.99") {
  CHECK(fewest_seeds_for_flips(0.95) == 6);  // 2 / 2^6 = 0.031, 2 / 2^5 = 0.0625
  CHECK(fewest_seeds_for_flips(0.99) == 8);  // 2 / 2^8 = 0.0078
  CHECK(fewest_seeds_for_flips(0.5) == 2);
}

TEST_CASE("too few seeds for flips have the power of the corrected t test") {
  CHECK(detectable_by_family(4, 5, 0.95) == detectable_effect_size(4, (1.0 - 0.95) / 5.0));
  CHECK(std::isnan(detectable_by_family(1, 1, 0.95)));
}

TEST_CASE("more seeds find less, more rows need more") {
  CHECK(detectable_by_family(12, 1, 0.95) < detectable_by_family(8, 1, 0.95));
  CHECK(detectable_by_family(20, 6, 0.95) < detectable_by_family(14, 6, 0.95));
  CHECK(detectable_by_family(8, 6, 0.95) > detectable_by_family(8, 1, 0.95));
  // From the simulated counts to the formula there is no jump.
  CHECK(detectable_by_family(13, 4, 0.95) < detectable_by_family(12, 4, 0.95));
  CHECK(detectable_by_family(13, 4, 0.95) > 0.9 * detectable_by_family(12, 4, 0.95));
}

TEST_CASE("the seeds that a difference needs are the first that find it") {
  const std::size_t seeds = seeds_to_detect(1.0, 1, 0.95);
  CHECK(seeds >= 9);
  CHECK(seeds <= 11);
  CHECK(detectable_by_family(seeds, 1, 0.95) <= 1.0);
  CHECK(detectable_by_family(seeds - 1, 1, 0.95) > 1.0);
  CHECK(seeds_to_detect(0.01, 1, 0.95) == 0);
  CHECK_THROWS_AS(seeds_to_detect(0.0, 1, 0.95), std::invalid_argument);
  CHECK_THROWS_AS(detectable_by_family(8, 0, 0.95), std::invalid_argument);
}
