#include <catch2/catch.hpp>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a study with a name alone has the default configuration") {
  const Study study = study_of("study: plain\n");
  REQUIRE(study.variants.size() == 1);
  CHECK(study.variants[0].name == "default");
  CHECK_FALSE(study.variants[0].is_baseline);
  CHECK(study.variants[0].config == Config{});
  CHECK(study.report == ReportSettings{});
  CHECK(study.seeds == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
}
