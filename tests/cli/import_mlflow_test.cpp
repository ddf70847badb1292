#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "cli/imported_study.hpp"
#include "cli/mlflow_file.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A file of MLflow, and what its import says.
struct Tracked : ImportedStudy {
  Tracked() { execute(file(), mlflow_tables); }
  std::string file() const { return (folder / "ml.db").string(); }
  void add(const MlflowRun& run) const { run.write(file()); }
  test::Said import(const std::vector<std::string>& more = {}) const {
    return ImportedStudy::import("mlflow", {file()}, more);
  }
};

}  // namespace

TEST_CASE(
    "a parent in MLflow that repeats its best child is no run of a variant, and its runs come in alone") {
  const Tracked tracked;
  for (int search = 0; search < 3; ++search) {
    const std::string parent = fmt::format("top{}", search);
    for (const int drop : {0, 1}) {
      tracked.add({.id = fmt::format("run{}{}", search, drop),
                   .params = {{"drop", fmt::format("{}", drop)}},
                   .metrics = {{"test.accuracy", 0.5 + 0.1 * drop + 0.01 * search}},
                   .parent = parent});
    }
    tracked.add({.id = parent,
                 .params = {{"drop", "1"}},
                 .metrics = {{"test.accuracy", 0.6 + 0.01 * search}},
                 .parent = {}});
  }
  const test::Said said = tracked.import({"--baseline", "drop=0"});
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err,
             Contains("note: left out: 3 parents of other runs") && Contains("s: 6 runs as 2 variants"));
  CHECK(
      tracked.runs("variant,test.accuracy") ==
      "variant,test.accuracy\ndrop=0,0.5\ndrop=0,0.51\ndrop=0,0.52\ndrop=1,0.6\ndrop=1,0.61\ndrop=1,0.62\n");
}

TEST_CASE("runs nested in MLflow take the parameters that they lack from the runs above them") {
  const Tracked tracked;
  for (const std::string optimizer : {"adam", "sgd"}) {
    tracked.add({.id = "top" + optimizer,
                 .params = {{"optimizer", optimizer}, {"seed", "9"}},
                 .metrics = {},
                 .parent = {}});
    tracked.add(
        {.id = "mid" + optimizer, .params = {{"depth", "2"}}, .metrics = {}, .parent = "top" + optimizer});
    for (const std::string seed : {"1", "2"})
      tracked.add({.id = optimizer + seed,
                   .params = {{"seed", seed}},
                   .metrics = {{"test.accuracy", 0.5}},
                   .parent = "mid" + optimizer});
  }
  const test::Said said = tracked.import();
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, Contains("note: left out: 4 parents of other runs; a run takes") &&
                           !Contains("for want of any metric"));
  CHECK(tracked.runs("variant,seed") ==
        "variant,seed\noptimizer=adam,1\noptimizer=adam,2\noptimizer=sgd,1\noptimizer=sgd,2\n");
}

TEST_CASE(
    "a parent in MLflow whose children have no metrics comes in itself, and a run above itself harms nothing") {
  const Tracked tracked;
  for (const std::string seed : {"1", "2"}) {
    tracked.add(
        {.id = "top" + seed, .params = {{"seed", seed}}, .metrics = {{"test.accuracy", 0.5}}, .parent = {}});
    tracked.add({.id = "child" + seed, .params = {{"fold", "1"}}, .metrics = {}, .parent = "top" + seed});
    tracked.add({.id = "odd" + seed,
                 .params = {{"seed", "1" + seed}},
                 .metrics = {{"test.accuracy", 0.5}},
                 .parent = "odd" + seed});
  }
  CHECK_THAT(tracked.import().err, Contains("note: left out for want of any metric: run child1 of") &&
                                       !Contains("parent") && Contains("s: 4 runs as 1 variant"));
}

TEST_CASE(
    "parameters of MLflow that are long, or have several lines, make variants with short names of their own") {
  const std::string prompt = "You are a helpful assistant that answers in verse";
  const std::pair<std::string, std::string> pairs[] = {
      {prompt + std::string(900, 'a'), prompt + std::string(900, 'b')},
      {std::string(1100, 'a'), std::string(1100, 'b')},
      {"{\n \"lr\": 0.1\n}", "{\n \"lr\": 0.2\n}"}};
  for (const auto& [one, other] : pairs) {
    const Tracked tracked;
    for (const std::string seed : {"1", "2"}) {
      for (const std::string& value : {one, other})
        tracked.add({.id = fmt::format("{}{}", seed, value == one),
                     .params = {{"prompt", value}, {"seed", seed}},
                     .metrics = {{"test.accuracy", value == one ? 0.5 : 0.6}},
                     .parent = {}});
    }
    const test::Said said = tracked.import();
    INFO(said.err);
    CHECK(said.code == exit_done);
    CHECK_THAT(said.err, Contains("s: 4 runs as 2 variants"));
    const std::string rows = tracked.runs("variant,seed,test.accuracy");
    CHECK_THAT(rows, Contains("prompt=" + one.substr(0, 1)) && Contains("~") && Contains(",2,0.6"));
    CHECK(rows.size() < 400);
  }
}

TEST_CASE("many parameters of MLflow make names of variants that a study can have") {
  const Tracked tracked;
  for (const int i : {0, 1, 2, 3}) {
    std::map<std::string, std::string> params = {{"seed", fmt::format("{}", i / 2)}};
    for (int param = 0; param < 8; ++param)
      params[fmt::format("parameter_{}", param)] = fmt::format("the {} value of {}", i % 2, param);
    tracked.add(
        {.id = fmt::format("{}", i), .params = params, .metrics = {{"test.accuracy", 0.5}}, .parent = {}});
  }
  CHECK_THAT(tracked.import().err, Contains("s: 4 runs as 2 variants"));
}

TEST_CASE("an import of one MLflow experiment does not speak of the runs of others") {
  const Tracked tracked;
  for (const std::string seed : {"1", "2"})
    tracked.add(
        {.id = "run" + seed, .params = {{"seed", seed}}, .metrics = {{"test.accuracy", 0.5}}, .parent = {}});
  tracked.add({.id = "bare", .params = {{"seed", "1"}}, .metrics = {}, .parent = {}, .experiment = 2});
  CHECK_THAT(tracked.import({"--experiment", "mnist"}).err,
             Contains("no run of 'mnist' has a metric") && Contains("runs with metrics are in cifar"));
  CHECK_THAT(tracked.import({"--experiment", "cifar"}).err, !Contains("bare") && Contains("s: 2 runs"));
}

TEST_CASE(
    "an MLflow run that ended before it had logged its parameters makes no factors of what never varies") {
  const Tracked tracked;
  for (const std::string seed : {"1", "2"}) {
    for (const std::string rate : {"0.1", "0.2"})
      tracked.add({.id = seed + rate,
                   .params = {{"lr", rate}, {"epochs", "3"}, {"seed", seed}},
                   .metrics = {{"test.accuracy", 0.5}},
                   .parent = {}});
  }
  tracked.add({.id = "torn",
               .params = {{"lr", "0.2"}, {"seed", "3"}},
               .metrics = {{"test.accuracy", 0.5}},
               .parent = {},
               .status = "FAILED"});
  tracked.add({.id = "failed",
               .params = {{"lr", "0.2"}, {"epochs", "3"}, {"seed", "4"}},
               .metrics = {{"test.accuracy", 0.5}},
               .parent = {},
               .status = "RUNNING"});
  const test::Said said = tracked.import();
  CHECK_THAT(said.err,
             Contains("note: left out, as they did not finish and lack parameters that all others have: run "
                      "torn of") &&
                 Contains("s: 5 runs as 2 variants"));
}
