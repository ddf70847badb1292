#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "config/study.hpp"
#include "metrics/metric_table.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("init writes a study file that plan understands, named after the file") {
  const TemporaryFolder folder;
  const std::string file = (folder / "my first.yaml").string();
  const Said said = ablate_says({"init", file});
  CHECK(said.code == 0);
  CHECK(said.out.empty());
  CHECK_THAT(said.err, Contains("next: ablate plan '" + file + "', then ablate run"));
  const Study study = parse_study(read_file(file, 1 << 16), file, {}, metric_names());
  CHECK(study.name == "my_first");
  CHECK(study.question == "Does the input-to-hidden skip connection help?");
  CHECK(study.variants.size() == 2);
  CHECK(study.warnings.empty());
  CHECK(ablate_says({"plan", file, "--db", (folder / "a.db").string()}).code == 0);
}

TEST_CASE("init leaves a file that is there as it is") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string();
  write_file(file, "mine");
  const Said said = ablate_says({"init", file});
  CHECK(said.code == 2);
  CHECK_THAT(said.err, Contains("s.yaml exists already"));
  CHECK(read_file(file, 100) == "mine");
}
