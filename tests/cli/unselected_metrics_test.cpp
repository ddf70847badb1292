#include <catch2/catch.hpp>

#include "cli/says.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A study of a shell script that reports two metrics with its second epoch of three alone, one of which it declares,
/// and writes its predictions at its end; run once for all tests of this file.
struct Trained {
  Trained() {
    fill_shared(folder, "unselected_metrics_test", [this] { train(); });
  }
  void train() const {
    folder.write("train.sh", R"(for e in 1 2 3; do
  more=""
  if [ $e = 2 ]; then more=", \"test.bleu\": $((10 * $1 + ABLATE_SEED)), \"top@1\": $1, \"test.rouge\": 7"; fi
  echo "{\"epoch\": $e, \"validation.loss\": $((10 * $1 + ABLATE_SEED + e))$more}" >> "$ABLATE_METRICS"
done
printf 'truth,a,b\n0,0.9,0.1\n1,0.8,0.2\n1,0.3,0.7\n0,0.6,0.4\n' > "$ABLATE_DIR/predictions_test.csv"
)");
    folder.write("study.yaml", R"(study: s
question: Does gain lower the loss?
trainer:
  command: [sh, train.sh, "{gain}"]
  settings: {gain: 1}
  epochs: 3
  metrics: {validation.loss: down, test.rouge: up}
variants: {baseline: {gain: 1}, grid: {gain: [1, 2]}}
seeds: 2
report: {primary: validation.loss}
)");
    ablate_says({"run", (folder / "study.yaml").string(), "--db", database(), "--out",
                 (folder / "report").string(), "-j", "1", "--quiet"});
  }
  std::string database() const { return (folder / "a.db").string(); }
  Said runs(std::vector<std::string> words) const {
    words.insert(words.begin(), "runs");
    words.insert(words.end(), {"--db", database(), "--format", "csv"});
    return ablate_says(words);
  }
  TemporaryFolder folder;
};

const Trained& trained() {
  static const Trained once;
  return once;
}

}  // namespace

TEST_CASE("a metric that stands in epochs, but in none that was selected, is told as that", "[ask]") {
  for (const std::vector<std::string>& asked : {std::vector<std::string>{"s", "--columns", "test.bleu"},
                                                {"--sort", "test.bleu"},
                                                {"--where", "test.bleu > 3"}}) {
    const Said said = trained().runs(asked);
    CHECK(said.code == exit_wrong_request);
    CHECK_THAT(said.err, Contains("test.bleu stands in epochs, but in no run's selected one") &&
                             Contains("last(test.bleu), max(test.bleu) or min(test.bleu)"));
  }
  CHECK_THAT(trained().runs({"s", "--columns", "`top@1`"}).err, Contains("last(`top@1`)"));
  CHECK_THAT(trained().runs({"s", "--columns", "test.blue"}).err, Contains("there is no name 'test.blue'"));
}

TEST_CASE("functions over epochs find a metric that stands in no selected epoch", "[ask]") {
  CHECK(trained()
            .runs({"s", "--where", "gain = 2 and max(test.bleu) > 21", "--columns",
                   "seed,last(test.bleu),at(test.bleu, 2),first_epoch(test.bleu > 5),last(`top@1`)"})
            .out ==
        "seed,last(test.bleu),\"at(test.bleu, 2)\",first_epoch(test.bleu > 5),last(`top@1`)\n2,22,22,2,2\n");
}

TEST_CASE("an empty column of a declared metric says that its values stand in other epochs", "[ask]") {
  const Said said = trained().runs({"s", "--columns", "seed,test.rouge"});
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err,
             Contains("note: test.rouge stands in epochs, but in no run's selected one; over all epochs: "
                      "last(test.rouge), best(test.rouge)"));
  CHECK(trained().runs({"s", "--columns", "best(test.rouge),validation.loss"}).err.empty());
}

TEST_CASE("a report or comparison by a metric that stands in no selected epoch says so", "[ask]") {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"compare", "s/gain=1", "s/gain=2"}, {"report", "s", "--out", "nowhere"}}) {
    std::vector<std::string> asked = words;
    asked.insert(asked.end(), {"--metric", "test.bleu", "--db", trained().database()});
    const Said said = ablate_says(asked);
    CHECK(said.code == exit_wrong_request);
    CHECK_THAT(said.err, Contains("test.bleu stands in epochs, but in no run's selected one") &&
                             Contains("ablate runs s --columns 'variant,seed,last(NAME)'"));
  }
}

TEST_CASE("functions over epochs take a metric of a predictions file for that of its one epoch", "[ask]") {
  CHECK(trained()
            .runs({"s", "--where", "seed = 1 and gain = 1", "--columns",
                   "test.accuracy,last(test.accuracy),best(test.accuracy),mean(test.accuracy),"
                   "at(test.accuracy, 3),at(test.accuracy, 2),first_epoch(test.accuracy > 0.5)"})
            .out ==
        "test.accuracy,last(test.accuracy),best(test.accuracy),mean(test.accuracy),\"at(test.accuracy, 3)\","
        "\"at(test.accuracy, 2)\",first_epoch(test.accuracy > 0.5)\n0.75,0.75,0.75,0.75,0.75,,3\n");
}
