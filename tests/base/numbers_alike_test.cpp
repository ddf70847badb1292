#include "base/numbers_alike.hpp"

#include <catch2/catch.hpp>

using namespace ablate;

TEST_CASE("texts that differ in one number alone are read as these numbers") {
  using Numbers = std::vector<double>;
  CHECK(numbers_alike({"9k", "10k", "2.5k"}) == Numbers{9, 10, 2.5});
  CHECK(numbers_alike({"[100]", "[50]"}) == Numbers{100, 50});
  CHECK(numbers_alike({"[64, 32]", "[128, 32]"}) == Numbers{64, 128});
  CHECK(numbers_alike({"-1", "1e-3", ".5"}) == Numbers{-1, 1e-3, .5});
  CHECK(numbers_alike({"lr-3", "lr-10"}) == Numbers{3, 10});
}

TEST_CASE("texts with other words around their numbers, and without any, are not read as numbers") {
  CHECK_FALSE(numbers_alike({}));
  CHECK_FALSE(numbers_alike({"9k", "1M"}));
  CHECK_FALSE(numbers_alike({"[50]", "50"}));
  CHECK_FALSE(numbers_alike({"[64, 32]", "[64, 16]"}));
  CHECK_FALSE(numbers_alike({"9k", "none"}));
  CHECK_FALSE(numbers_alike({"9k", ""}));
}
