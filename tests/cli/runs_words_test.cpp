/// Words and order of `ablate runs` that people bring along from elsewhere.

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "store/store_support.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::string csv(const std::string& database, std::vector<std::string> words) {
  words.insert(words.begin(), "runs");
  words.insert(words.end(), {"--db", database, "--format", "csv"});
  const Said said = ablate_says(words);
  CAPTURE(said.err);
  CHECK(said.code == exit_done);
  return said.out;
}

}  // namespace

TEST_CASE("a minus before a key means descending, also of a metric whose best is at the other end") {
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  {
    Store store(file);
    const auto id = store.plan(study_named("s"), {variant_named("v")}, {1, 2, 3});
    for (const double accuracy : {0.5, 0.75, 0.25}) {
      const auto run = store.claim(id, {.worker = "w"});
      store.add_epoch(run->id, epoch_of(1, accuracy), 60.0);
      store.finish(run->id, {});
    }
  }
  CHECK(csv(file, {"--columns", "seed", "--sort", "test.accuracy"}) == "seed\n2\n1\n3\n");
  CHECK(csv(file, {"--columns", "seed", "--sort", "-test.accuracy"}) == "seed\n2\n1\n3\n");
  CHECK(csv(file, {"--columns", "seed", "--sort", "test.accuracy asc"}) == "seed\n3\n1\n2\n");
  CHECK(csv(file, {"--columns", "seed", "--sort", "test.log_loss"}) == "seed\n3\n1\n2\n");
  CHECK(csv(file, {"--columns", "seed", "--sort", "-test.log_loss"}) == "seed\n2\n1\n3\n");
  CHECK(csv(file, {"--columns", "seed", "--sort", "-seed"}) == "seed\n3\n2\n1\n");
  CHECK(csv(file, {"--columns", "seed,accuracy", "--sort", "accuracy", "--limit", "1"}) ==
        "seed,accuracy\n2,0.75\n");
}

TEST_CASE("the study's names for its factors and a metric alone are words of conditions, columns and keys") {
  const TemporaryFolder folder;
  const std::string yaml = (folder / "s.yaml").string(), file = (folder / "a.db").string();
  write_file(yaml,
             "study: s\nquestion: Well?\ndata: {source: glyphs, train_images: 94, test_images: 47}\n"
             "model: {hidden: [4]}\ntraining: {epochs: 1}\nseeds: 1\nreport: {primary: validation.accuracy}\n"
             "variants:\n  grid: {model.skip: [none, projection], model.hidden: [[4], [8]]}\n"
             "  factors: {bridge: model.skip, width: {key: model.hidden, labels: {\"[4]\": narrow}}}\n");
  REQUIRE(ablate_says({"run", yaml, "-j", "1", "--db", file, "--out", (folder / "r").string()}).code == 0);
  CHECK(csv(file, {"s", "--where", "bridge = none and width = 8", "--columns", "bridge,width"}) ==
        "bridge,width\nnone,8\n");
  CHECK(csv(file, {"--where", "bridge = none", "--columns", "width", "--sort", "-width"}) == "width\n8\n4\n");
  CHECK_THAT(csv(file, {"s", "--by", "bridge", "--columns", "accuracy"}),
             Contains("bridge,runs,accuracy.n,") && Contains("projection,2,2,"));
  std::istringstream lines(csv(file, {"s", "--columns", "accuracy,validation.accuracy"}));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const std::size_t comma = line.find(',');
    CHECK(line.substr(0, comma) == line.substr(comma + 1));
  }
  const Said wrong = ablate_says({"runs", "s", "--where", "brige = none", "--db", file});
  CHECK(wrong.code == exit_wrong_request);
}

TEST_CASE("while runs are trained, a table of runs has these first, then what ended last") {
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  double now = 1000.0;
  StoreOptions options;
  options.clock = [&] { return now; };
  Store store(file, options);
  const auto id = store.plan(study_named("s"), {variant_named("v")}, {1, 2, 3, 4, 5});
  std::vector<std::int64_t> claimed;
  for (int i = 0; i < 3; ++i) claimed.push_back(store.claim(id, {.worker = "w", .lease_seconds = 1e10})->id);
  for (const std::size_t i : {1, 0}) {
    now += 10.0;
    store.finish(claimed[i], {});
  }
  const auto seeds = [&] {
    const std::string text = ablate_says({"runs", "--db", file, "--columns", "seed"}).out;
    return text.substr(text.rfind('-') + 2);
  };
  CHECK(seeds() == "   3\n   1\n   2\n   4\n   5\n");
  now += 10.0;
  store.finish(claimed[2], {});
  CHECK(seeds() == "   1\n   2\n   3\n   4\n   5\n");  // nothing is under way: as planned
}

TEST_CASE("under a limit, runs and groups with results come before those still to come") {
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  {
    Store store(file);
    const auto id = store.plan(study_named("s"), {variant_named("v"), variant_named("w")}, {1, 2, 3});
    for (int i = 0; i < 2; ++i) store.finish(store.claim(id, {.worker = "w"})->id, {});
  }
  const std::string all = csv(file, {"--columns", "variant,seed,status"}),
                    done = csv(file, {"--columns", "variant,seed,status", "--where", "status = done"});
  CHECK(std::count(all.begin(), all.end(), '\n') == 7);
  CHECK(csv(file, {"--columns", "variant,seed,status", "--limit", "2"}) == done);
  const std::string group = csv(file, {"--by", "seed", "--columns", "epochs", "--limit", "1"});
  CHECK_THAT(
      group,
      Contains(csv(file, {"--columns", "seed", "--where", "status = done", "--limit", "1"}).substr(5, 1)));
}

TEST_CASE("groups that mix variants are said to, and no others") {
  const Folder folder;
  const std::string file = (folder / "a.db").string();
  {
    Store store(file);
    store.plan(study_named("s"), {variant_named("v")}, {1, 2});
    store.plan(study_named("t"), {variant_named("v"), variant_named("w")}, {1, 2});
  }
  const auto note = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "runs");
    words.insert(words.end(), {"--db", file, "--by", "seed", "--columns", "epochs"});
    return ablate_says(words).err.find("these groups mix variants") != std::string::npos;
  };
  CHECK(note({}));
  CHECK(note({"t"}));
  CHECK_FALSE(note({"s"}));
  CHECK_FALSE(note({"--where", "variant = w"}));
}
