#include "report/choice.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace ablate;
using Catch::Contains;
using Names = std::vector<std::string>;

TEST_CASE("a glob knows stars and question marks and takes brackets as they are") {
  CHECK(matches_glob("skip=none,hidden=[64]", "skip=none*"));
  CHECK(matches_glob("skip=none,hidden=[64]", "*[64]"));
  CHECK(matches_glob("abc", "a?c"));
  CHECK(matches_glob("aXbXc", "a*b*c"));
  CHECK(matches_glob("", "*"));
  CHECK_FALSE(matches_glob("skip=none,hidden=6", "*[64]"));
  CHECK_FALSE(matches_glob("abc", "ab"));
  CHECK_FALSE(matches_glob("", "?"));
  CHECK_FALSE(matches_glob(std::string(200, 'a'), "*a*a*a*a*a*a*a*a*b"));
}

TEST_CASE("names are taken in the order of the study, by name or glob, commas within names or between them") {
  const Names names = {"skip=none,hidden=64", "skip=none,hidden=128", "skip=projection,hidden=64", "plain"};
  CHECK(chosen_names(names, {"plain,skip=none,hidden=64"}) == Names{names[0], names[3]});
  CHECK(chosen_names(names, {"*hidden=64"}) == Names{names[0], names[2]});
  CHECK(chosen_names(names, {"skip=none,*", "plain"}) == Names{names[0], names[1], names[3]});
  CHECK(chosen_names(names, {"skip=none,hidden=64, skip=projection,hidden=64"}) == Names{names[0], names[2]});
}

TEST_CASE("a name that no variant has is answered with the nearest") {
  CHECK_THROWS_WITH(chosen_names({"skip", "wide"}, {"skip,wied"}),
                    Contains("'wied'") && Contains("did you mean 'wide'?"));
  CHECK_THROWS_WITH(chosen_names({"skip"}, {"x*"}), Contains("'x*'"));
  CHECK_THROWS_AS(chosen_names({"skip"}, {""}), RequestError);
}

TEST_CASE("a name that is itself a glob means that variant alone") {
  CHECK(chosen_names({"a*", "ab"}, {"a*"}) == Names{"a*"});
}
