#include "draw/fitted_labels.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "text/unicode.hpp"

using namespace ablate;

TEST_CASE("labels that are too wide are cut in the middle, and no two become equal by it") {
  using Labels = std::vector<std::string>;
  CHECK(fitted_labels({"short"}, 30) == Labels{"short"});
  CHECK(fitted_labels({"the beginning of a long label and its end 64"}, 30) ==
        Labels{"the beginning … and its end 64"});
  const std::string start(40, 'a'), end(40, 'z');
  const Labels apart = fitted_labels({start + "=1," + end, start + "=2," + end, "B"}, 30);
  CHECK(apart == Labels{"aaaaaaaaa…1,zzzzzzzzzzzzzzzzz…", "aaaaaaaaa…2,zzzzzzzzzzzzzzzzz…", "B"});
  Labels many;
  for (const char* first : {"é", "è"}) {
    for (const char* second : {"1", "2"}) many.push_back(start + first + end + second + end);
  }
  const Labels all = fitted_labels(many, 52);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == 4);
  for (const std::string& label : all) {
    CHECK(display_width(label) <= 52);
    CHECK(valid_utf8(label) == label);
  }
}
