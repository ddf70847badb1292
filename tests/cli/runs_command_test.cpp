#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/small_study.hpp"
#include "store/store.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("runs shows what it sorts by, once") {
  const auto head = [](const std::string& sort) {
    const std::string out =
        ablate_says({"runs", "small", "--db", trained().database, "--format", "csv", "--sort", sort}).out;
    return out.substr(0, out.find('\n'));
  };
  const std::string usual =
      "run,study,variant,seed,status,epochs,selected,validation.accuracy,test.accuracy,test.log_loss";
  CHECK(head("test.accuracy,seed,log_loss") == usual + ",leaked");
  CHECK(head("-validation.f1, at(test.accuracy, 1) asc") ==
        usual + ",validation.f1,\"at(test.accuracy, 1)\",leaked");
}

TEST_CASE("runs lists runs, sorts them with the best first, and picks columns") {
  const Said said = ablate_says({"runs", "small", "--db", trained().database, "--sort", "test.accuracy",
                                 "--columns", "variant,seed,test.accuracy", "--format", "csv"});
  CHECK(said.code == exit_done);
  std::istringstream lines(said.out);
  std::string line;
  std::getline(lines, line);
  CHECK_THAT(line, Contains("variant,seed,test.accuracy"));
  double last = 1.0;
  int rows = 0;
  for (; std::getline(lines, line); ++rows) {
    const double accuracy = std::stod(line.substr(line.rfind(',') + 1));
    CHECK(accuracy <= last);
    last = accuracy;
  }
  CHECK(rows == 4);
}

TEST_CASE("runs answers a condition on factors, settings, metrics and epochs, and groups over seeds") {
  const auto runs = [](std::vector<std::string> more) {
    more.insert(more.begin(), "runs");
    more.insert(more.end(), {"--db", trained().database, "--format", "csv"});
    return ablate_says(more);
  };
  CHECK(runs({"--where", "skip = projection and seed = 2 and hidden = 8 and not leaked", "--columns",
              "variant,seed,train_images,shuffle,first_epoch(test.accuracy >= 0),dirty is null"})
            .code == exit_wrong_request);
  CHECK(runs({"--where", "skip = projection and seed = 2 and hidden = 8 and not leaked", "--columns",
              "variant,seed,train_images,shuffle,first_epoch(test.accuracy >= 0),leaked"})
            .out ==
        "variant,seed,train_images,shuffle,first_epoch(test.accuracy >= 0),leaked\n"
        "skip=projection,2,470,yes,1,no\n");
  const std::string groups = runs({"--by", "variant", "--columns", "epochs"}).out;
  CHECK(groups ==
        "study,variant,runs,epochs.n,epochs.mean,epochs.sd,epochs.low,epochs.high\n"
        "small,skip=none,2,2,2,0,2,2\nsmall,skip=projection,2,2,2,0,2,2\n");
  CHECK(runs({"--where", "seed > 2"}).err == "no run fits\n");
  CHECK(runs({"--limit", "1", "--columns", "seed,variant"}).out == "seed,variant\n2,skip=projection\n");
}

TEST_CASE("a table of runs has at most 50 rows and says how many there are; other formats have all") {
  const TemporaryFolder folder;
  const std::string database = (folder / "a.db").string();
  {
    Store store(database);
    VariantRecord variant;
    variant.name = "v";
    StudyRecord study;
    study.name = "many";
    std::vector<std::int64_t> seeds;
    for (std::int64_t seed = 1; seed <= 60; ++seed) seeds.push_back(seed);
    store.plan(study, {variant}, seeds);
  }
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  const Said table = ablate_says({"runs", "--db", database, "--columns", "seed"});
  CHECK(lines(table.out) == 52);
  CHECK_THAT(table.out, Contains("\n  11\n") && !Contains("\n  10\n") && Catch::EndsWith("60\n"));
  CHECK(table.err == "50 of 60 runs; --limit 0 gives all\n");
  CHECK(lines(ablate_says({"runs", "--db", database, "--limit", "0"}).out) == 62);
  const Said csv = ablate_says({"runs", "--db", database, "--format", "csv"});
  CHECK(lines(csv.out) == 61);
  CHECK(csv.err.empty());
  const Said groups =
      ablate_says({"runs", "--db", database, "--by", "variant", "--columns", "test.accuracy"});
  CHECK_THAT(groups.out, Contains("many   v          60"));
  CHECK_THAT(groups.err, Contains("60 of these runs are not done, or obsolete"));
}
