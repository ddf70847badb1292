#include "stats/word.hpp"

#include <cmath>
#include <stdexcept>

#include <catch2/catch.hpp>

using namespace ablate;

TEST_CASE("five words follow from the interval and the margin alone") {
  const auto up = [](double low, double high, double margin) {
    return word_of({low, high}, margin, Best::highest);
  };
  CHECK(up(0.001, 0.020, 0.0) == Word::better);
  CHECK(up(-0.020, -0.001, 0.0) == Word::worse);
  CHECK(up(-0.001, 0.001, 0.0) == Word::cannot_say);
  CHECK(up(0.0, 0.020, 0.0) == Word::cannot_say);
  CHECK(up(-0.003, 0.003, 0.003) == Word::same);
  CHECK(up(-0.0031, 0.003, 0.003) == Word::cannot_say);
  CHECK(up(0.001, 0.002, 0.003) == Word::better_within);
  CHECK(up(0.001, 0.004, 0.003) == Word::better);
  CHECK(up(-0.002, -0.001, 0.003) == Word::worse_within);
  CHECK(up(0.0, 0.0, 0.003) == Word::same);
}

TEST_CASE("where the lowest value is the best, a fall is better") {
  CHECK(word_of({-0.2, -0.1}, 0.0, Best::lowest) == Word::better);
  CHECK(word_of({0.1, 0.2}, 0.0, Best::lowest) == Word::worse);
  CHECK(word_of({0.1, 0.2}, 0.3, Best::lowest) == Word::worse_within);
}

TEST_CASE("an interval without an end cannot say, and a margin is not a negative number") {
  CHECK(word_of({}, 0.1, Best::highest) == Word::cannot_say);
  CHECK(word_of({std::nan(""), -1.0}, 0.1, Best::highest) == Word::cannot_say);
  CHECK(word_of({-INFINITY, INFINITY}, 0.1, Best::highest) == Word::cannot_say);
  CHECK_FALSE(is_settled(Word::cannot_say));
  CHECK(is_settled(Word::same));
  CHECK_THROWS_AS(word_of({0.0, 1.0}, -0.1, Best::highest), std::invalid_argument);
  CHECK_THROWS_AS(word_of({0.0, 1.0}, std::nan(""), Best::highest), std::invalid_argument);
}
