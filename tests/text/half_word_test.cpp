#include "text/half_word.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace ablate;

TEST_CASE("the word that is being typed begins behind a sign, or at a backtick that is not closed") {
  const auto word = [](const std::string& typed) { return typed.substr(half_word(typed)); };
  CHECK(word("").empty());
  CHECK(word("seed = 1 and test.acc") == "test.acc");
  CHECK(word("best(test.f") == "test.f");
  CHECK(word("`val/acc (to") == "`val/acc (to");
  CHECK(word("-`val ac") == "`val ac");
  CHECK(word("`a b` > 1 and `c d") == "`c d");
  CHECK(word("`it``s a") == "`it``s a");
  CHECK(word("`a b` > se") == "se");
  CHECK(word("note = '`' and `x y") == "`x y");
}
