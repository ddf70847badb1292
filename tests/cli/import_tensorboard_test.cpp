/// Event files of TensorBoard, imported as a person would.

#include <filesystem>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "exchange/event_file.hpp"
#include "report/collect.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// An event file of a run that reports twice.
std::string events(double first, double second) {
  EventFile file(1.0);
  file.add_scalar(1.0, 1, "acc/test", first);
  file.add_scalar(2.0, 2, "acc/test", second);
  return file.bytes();
}

struct Place {
  static std::string says(const std::vector<std::string>& words) {
    const test::Said said = ablate_says(words);
    return said.out + said.err;
  }
  std::string path(const std::string& name) const { return (folder / name).string(); }
  /// A run of two reports in a folder of its own.
  void run(const std::string& name, double last) const {
    std::filesystem::create_directories(folder / name);
    write_file(folder / name / "events.out.tfevents.1.host", events(0.25, last));
  }

  TemporaryFolder folder;
};

TEST_CASE("folders of event files are runs, with parameters from hyperparameters and names") {
  const Place place;
  for (const int seed : {1, 2}) {
    for (const char* lr : {"0.1", "0.2"}) {
      const auto folder = place.folder / fmt::format("runs/lr={}_batch_size=16_seed={}", lr, seed);
      std::filesystem::create_directories(folder);
      const std::string text = events(0.25, lr[2] == '1' ? 0.5 : 0.75);
      write_file(folder / "events.out.tfevents.1.host", seed == 2 ? text + "torn" : text);
    }
  }
  const std::string said =
      place.says({"import", "tensorboard", place.path("runs"), "--study", "tb", "--map",
                  "acc/test=test.accuracy", "--baseline", "lr=0.1", "--db", place.path("a.db")});
  CHECK_THAT(said, Contains("tb: 4 runs as 2 variants") && Contains("ends within a record"));
  const Reader reader(place.path("a.db"));
  const Comparison comparison = collect(reader, "tb", {{}, "test.accuracy", 0.95});
  CHECK(comparison.paired);
  REQUIRE(comparison.variants.size() == 2);
  CHECK(comparison.variants[1].difference->paired.summary.mean == 0.25);
  CHECK(comparison.variants[1].difference->seeds == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("folders of splits and of hyperparameters belong to the run above them") {
  const Place place;
  for (const int seed : {1, 2}) {
    const auto folder = place.folder / fmt::format("logs/run{}", seed);
    for (const char* below : {"train", "validation", "1732640000.5"})
      std::filesystem::create_directories(folder / below);
    write_file(folder / "train/tfevents.1", events(0.1, 0.2));
    write_file(folder / "validation/tfevents.1", events(0.3, 0.4));
    EventFile hparams(1.0);
    hparams.add_session(1.0, {{"seed", std::int64_t{seed}}, {"lr", 0.1}}, "g");
    hparams.add_scalar(1.0, 0, "acc", 0.6);
    write_file(folder / "1732640000.5/tfevents.1", hparams.bytes());
  }
  CHECK_THAT(place.says({"import", "tensorboard", place.path("logs"), "--study", "k", "--map",
                         "validation.acc/test=validation.accuracy", "--map", "acc=test.accuracy", "--db",
                         place.path("a.db")}),
             Contains("k: 2 runs as 1 variant"));
  const Reader reader(place.path("a.db"));
  const Comparison comparison = collect(reader, "k", {{}, "test.accuracy", 0.95});
  CHECK(primary(comparison, comparison.variants[0]).mean == Approx(0.6));
  CHECK(selected(comparison.variants[0], SplitName::validation, 0).mean == Approx(0.4));
}

TEST_CASE("what is exported for TensorBoard comes back with the same numbers") {
  const Place place;
  place.folder.write(
      "runs.csv",
      "lr,seed,epoch,test.accuracy,test.bleu\n0.1,1,1,0.4,20\n0.1,1,2,0.5,21\n0.1,2,1,0.42,20\n0.1,2,2,0.52,22\n"
      "0.2,1,1,0.5,30\n0.2,1,2,0.6,31\n0.2,2,1,0.5,30\n0.2,2,2,0.64,32\n");
  place.says({"import", "csv", place.path("runs.csv"), "--study", "s", "--metric", "test.bleu=up", "--db",
              place.path("a.db")});
  place.says({"export", "tensorboard", "s", "--out", place.path("tb"), "--db", place.path("a.db")});
  CHECK_THAT(place.says({"import", "tensorboard", place.path("tb"), "--study", "back", "--metric",
                         "test.bleu=up", "--db", place.path("a.db")}),
             Contains("back: 4 runs as 2 variants"));
  const Reader reader(place.path("a.db"));
  const Comparison before = collect(reader, "s", {{}, "test.bleu", 0.95}),
                   after = collect(reader, "back", {{}, "test.bleu", 0.95});
  for (std::size_t i = 0; i < 2; ++i)
    CHECK(primary(before, before.variants[i]).mean == primary(after, after.variants[i]).mean);
}

TEST_CASE("a folder without event files, and a damaged one, are refused with what is wrong") {
  const Place place;
  std::filesystem::create_directories(place.folder / "none");
  CHECK_THAT(
      place.says({"import", "tensorboard", place.path("none"), "--study", "s", "--db", place.path("a.db")}),
      Contains("holds no event file of TensorBoard"));
  std::string damaged = events(0.1, 0.2);
  damaged[50] = static_cast<char>(damaged[50] ^ 1);
  write_file(place.folder / "none/tfevents.1", damaged);
  CHECK_THAT(
      place.says({"import", "tensorboard", place.path("none"), "--study", "s", "--db", place.path("a.db")}),
      Contains("tfevents.1: at byte 40") && Contains("checksum"));
  CHECK_FALSE(std::filesystem::exists(place.path("a.db")));
}

TEST_CASE("folders without parameters are variants by the folder that they lie in, and that is told") {
  const Place place;
  for (const int run : {1, 2, 3}) {
    place.run(fmt::format("logs/baseline/run{}", run), 0.5);
    place.run(fmt::format("logs/dropout/run{}", run), 0.75);
  }
  CHECK_THAT(
      place.says({"import", "tensorboard", place.path("logs"), "--study", "t", "--map",
                  "acc/test=test.accuracy", "--baseline", "folder=baseline", "--db", place.path("a.db")}),
      Contains("t: 6 runs as 2 variants") && Contains("folder is a factor"));
  const Reader reader(place.path("a.db"));
  const Comparison comparison = collect(reader, "t", {{}, "test.accuracy", 0.95});
  REQUIRE(comparison.variants.size() == 2);
  CHECK(primary(comparison, comparison.variants[1]).mean == 0.75);
  CHECK_THAT(place.says({"import", "tensorboard", place.path("logs/baseline"), place.path("logs/dropout"),
                         "--study", "u", "--map", "acc/test=test.accuracy", "--db", place.path("a.db")}),
             Contains("u: 6 runs as 2 variants"));
}

TEST_CASE("runs that only their names tell apart are refused unless they are called one variant") {
  const Place place;
  place.run("logs/baseline", 0.5);
  place.run("logs/dropout", 0.75);
  const std::vector<std::string> words = {
      "import", "tensorboard",     place.path("logs"), "--study", "t", "--map", "acc/test=test.accuracy",
      "--db",   place.path("a.db")};
  CHECK_THAT(place.says(words), Contains("nothing but their names tells the 2 runs apart") &&
                                    Contains("logs/VARIANT/RUN") && Contains("--factors none"));
  std::vector<std::string> as_one = words;
  as_one.insert(as_one.end(), {"--factors", "none"});
  CHECK_THAT(place.says(as_one), Contains("t: 2 runs as 1 variant"));
  CHECK(Reader(place.path("a.db")).study("t").question == "What do the imported runs say?");
}

}  // namespace
