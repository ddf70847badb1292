#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

#include "cli/small_study.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("plan lists every variant with its cost, and writes nothing, not even a database") {
  const TemporaryFolder folder;
  write_file(folder / "small.yaml", small_study);
  const Said said = ablate_says(
      {"plan", (folder / "small.yaml").string(), "--format", "csv", "--db", (folder / "none.db").string()});
  CHECK(said.code == exit_done);
  CHECK(said.out ==
        "variant,baseline,model.skip,seeds,parameters,flops_per_sample,training_images,epochs,rate_first,"
        "rate_quarter,rate_half,rate_last,training_gflop,seconds,estimated_from\n"
        "skip=none,yes,none,\"1, 2\",6703,27344,423,2,0.01,0.01,0.01,0.01,0.046266048,,unknown\n"
        "skip=projection,\"\",projection,\"1, "
        "2\",12975,52432,423,2,0.01,0.01,0.01,0.01,0.088714944,,unknown\n");
  CHECK(
      said.err ==
      "small: 2 variants x 2 seeds = 4 runs; how long it takes is unknown until the database has "
      "a run\n"
      "2 seeds find a difference of 12 standard deviations (of a seed's difference in test.accuracy) in 80% of cases "
      "(one comparison, no earlier runs show how much that is)\n"
      "warning: 2 seeds are too few for an exact test at 0.95: p and intervals will assume normal errors; 6 seeds "
      "are enough\n");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("plan shows factors by name and label, and the learning rate at a few epochs") {
  const TemporaryFolder folder;
  write_file(folder / "rates.yaml", R"(study: rates
data: {train_images: 470, test_images: 94}
training: {epochs: 8}
variants:
  list:
    a: {training.learning_rate: {schedule: step, initial: 0.1, factor: 0.5, every: 2}, model.hidden: [8]}
    b: {training.learning_rate: {schedule: plateau}, model.hidden: [16]}
  factors: {width: {key: model.hidden, labels: {8: narrow}}}
seeds: 3
)");
  const Said said = ablate_says(
      {"plan", (folder / "rates.yaml").string(), "--format", "csv", "--db", (folder / "none.db").string()});
  CHECK_THAT(said.out, Contains(",width,seeds,") && Contains("narrow,1 to 3,") && Contains(",16,1 to 3,"));
  CHECK_THAT(said.out, Contains(",8,0.1,0.05,0.025,0.0125,"));
  CHECK_THAT(said.out, Contains(",8,0.01,depends,depends,depends,"));
}

TEST_CASE(
    "plan estimates time from the database's own runs, else from other runs by FLOPs, and leaves it alone") {
  const std::string before = read_file(trained().database, 1 << 24);
  const auto plan = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"plan", trained().file, "--format", "csv", "--db", trained().database};
    words.insert(words.end(), more.begin(), more.end());
    return ablate_says(words);
  };
  const Said own = plan({});
  CHECK_THAT(own.out, Contains(",own runs\n") && !Contains("other runs") && !Contains("unknown"));
  CHECK_THAT(own.err, Contains("4 runs; about ") && Contains(" of training, one run at a time"));
  CHECK_THAT(plan({"--set", "model.hidden=[16]"}).out, Contains(",other runs\n") && !Contains("own runs"));
  CHECK(read_file(trained().database, 1 << 24) == before);
}
