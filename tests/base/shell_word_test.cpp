#include "base/shell_word.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/file.hpp"
#include "support/home.hpp"

using namespace ablate;

TEST_CASE("a path in a hint can be copied into a shell, whatever it holds") {
  CHECK(shell_word("/data/ablate.db") == "/data/ablate.db");
  CHECK(shell_word("my results.db") == "'my results.db'");
  CHECK(shell_word("it's; rm -rf $HOME") == "'it'\\''s; rm -rf $HOME'");
  CHECK(shell_word("~/a.db") == "'~/a.db'");
  CHECK(shell_word("") == "''");
}

TEST_CASE("a ~ is the home folder that HOME names, and an empty HOME names none") {
  const test::Home home("/home/ada");
  CHECK(expand_home("~/a.db") == "/home/ada/a.db");
  CHECK(expand_home("~") == "/home/ada");
  CHECK(expand_home("a~/b") == "a~/b");
  const test::Home empty("");
  CHECK_THROWS_AS(expand_home("~/a.db"), RequestError);
}
