#include "serve/progress_data.hpp"

#include <catch2/catch.hpp>

using namespace ablate;

TEST_CASE("the time that is left of a sweep is told by what finished runs of each variant took") {
  const std::map<std::int64_t, VariantStanding> variants = {{1, {1, 20.0, 0, 10}}, {2, {2, 120.0, 1, 10}}};
  const std::vector<UnderWay> under_way = {{1, 5, 1000.0},  // half of 20 s, however long it took so far
                                           {2, 0, 0.0}};
  CHECK(seconds_left(variants, under_way) == (10.0 + 60.0 + 60.0) / 2);
  CHECK(seconds_left({{1, {1, 20.0, 0, 10}}, {3, {0, 0.0, 2, 10}}}, {{3, 0, 0.0}}) == 20.0 * 2 + 20.0);
}

TEST_CASE("until a first run is done, the time that is left is told by how far one under way has come") {
  const std::map<std::int64_t, VariantStanding> variants = {{1, {0, 0.0, 1, 10}}};
  CHECK(seconds_left(variants, {{1, 5, 30.0}}) == 30.0 + 60.0);
  CHECK_FALSE(seconds_left(variants, {{1, 0, 1.0}}));
  CHECK_FALSE(seconds_left({{1, {1, 30.0, 1, 10}}}, {}));  // nobody is at work
}
