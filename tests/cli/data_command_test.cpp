#include <filesystem>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "cli/small_study.hpp"
#include "support/as_nobody.hpp"
#include "support/home.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("data list names every source, and preview writes a PNG") {
  CHECK_THAT(ablate_says({"data", "list"}).out,
             Contains("glyphs") && Contains("fashion_mnist") && Contains("emnist"));
  const TemporaryFolder folder;
  const std::string png = (folder / "sheet.png").string();
  const Said said = ablate_says({"data", "preview", "glyphs", "--set", "data.train_images=94", "--set",
                                 "data.test_images=47", "--per-class", "2", "--out", png});
  CHECK(said.code == exit_done);
  CHECK(read_file(png, 1 << 20).substr(1, 3) == "PNG");
}

TEST_CASE("a usual place that cannot be looked at is damaged, and in nobody's way") {
  const TemporaryFolder folder;
  const Home home(folder.text());
  const std::filesystem::path place = folder / ".cache/ablate/emnist";
  const bool loop = GENERATE(true, false);
  std::filesystem::create_directories(loop ? place.parent_path() : place);
  if (loop) std::filesystem::create_symlink("emnist", place);
  if (!loop) ::chmod(place.c_str(), 0);
  {
    const AsNobody rights;
    const Said list = ablate_says({"data", "list", "--format", "csv"});
    CHECK(list.code == exit_done);
    CHECK_THAT(list.out,
               Contains("emnist,\"\",damaged") && Contains("cannot ") && Contains(place.string() + ": "));
    const Said doctor = ablate_says({"doctor", "--db", (folder / "absent.db").string(), "--format", "csv"});
    CHECK_THAT(doctor.out, Contains("data emnist,note,\"cannot ") || Contains("data emnist,note,cannot "));
    CHECK(ablate_says(
              {"data", "check", "glyphs", "--set", "data.train_images=94", "--set", "data.test_images=47"})
              .code == exit_done);
  }
  if (!loop) ::chmod(place.c_str(), 0700);
}

TEST_CASE(
    "data check says what was compared, finds a protocol that trains on test, and takes near-duplicates on "
    "request") {
  const Said clean = ablate_says({"data", "check", trained().file, "--near", "--format", "csv"});
  CHECK(clean.code == exit_done);
  CHECK_THAT(clean.out, Contains("glyphs,checked,images,564,\"no image is in both splits") ||
                            Contains("glyphs,checked,images,564,no image is in both splits"));
  CHECK_THAT(
      clean.out,
      Contains("near-duplicates (pixels 1 of 255 apart in the mean) were searched for in all test images"));
  CHECK_THAT(clean.err, Contains("clean in "));
  const Said leaky =
      ablate_says({"data", "check", trained().file, "--set", "data.train_on=[train, test]", "--near=2.5"});
  CHECK(leaky.code == exit_runs_failed);
  CHECK_THAT(leaky.out,
             Contains("leak") && Contains("trained_on_test") && Contains("94  data.train_on holds test"));
  CHECK(ablate_says({"data", "check", "glyphs", "--near=-1"}).code == exit_wrong_request);
  CHECK_THAT(ablate_says({"data", "check"}).err, Contains("say of what"));
  CHECK_THAT(ablate_says({"data", "check", "glyph"}).err, Contains("did you mean 'glyphs'?"));
}
