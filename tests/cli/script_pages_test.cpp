#include <filesystem>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "store/store_support.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A study of a shell script that writes its predictions in variants of gain 1 and 2, and none in those of gain 3; run
/// once for all tests of this file, each of which works on a copy.
struct Scripted {
  Scripted() {
    fill_shared(folder, "script_pages_test", [this] { train(); });
    std::filesystem::copy_file(folder / "a.db", copy / "a.db");
  }
  void train() const {
    folder.write("train.sh", R"(for e in 1 2; do
  echo "{\"epoch\": $e, \"test.bleu\": $((10 * $1 + ABLATE_SEED + e))}" >> "$ABLATE_METRICS"
done
case $1 in 1) p=0.8,0.2 ;; 2) p=0.2,0.8 ;; 3) exit ;; esac
printf "truth,a,b\n0,0.9,0.1\n1,$p\n1,0.3,0.7\n0,0.6,0.4\n" > "$ABLATE_DIR/predictions_test.csv"
)");
    folder.write("study.yaml", R"(study: s
question: Does gain raise BLEU?
trainer:
  command: [sh, train.sh, "{gain}"]
  settings: {gain: 1}
  epochs: 2
  metrics: {test.bleu: up}
variants: {baseline: {gain: 1}, grid: {gain: [1, 2, 3]}}
seeds: 2
report: {primary: test.bleu}
)");
    run((folder / "a.db").string());
  }
  test::Said run(const std::string& database) const {
    return ablate_says({"run", (folder / "study.yaml").string(), "--db", database, "--out",
                        (copy / "report").string(), "-j", "1", "--quiet"});
  }
  std::string database() const { return (copy / "a.db").string(); }
  test::Said says(std::vector<std::string> words) const {
    words.insert(words.end(), {"--db", database()});
    return ablate_says(words);
  }
  TemporaryFolder folder, copy;
};

}  // namespace

TEST_CASE("the images of two variants of a script are compared by the predictions that it wrote") {
  const Scripted scripted;
  const test::Said said = scripted.says({"compare", "s/gain=1", "s/gain=2", "--images", "--format", "csv"});
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.out, Contains("0.75") && Contains("Over the test images"));
  const test::Said retrained = scripted.says({"compare", "s/gain=1", "s/gain=2", "--images", "--retrain"});
  CHECK(retrained.code == exit_wrong_request);
  CHECK_THAT(retrained.err, Contains("another program trained these") && Contains("without them"));
}

TEST_CASE("a script that wrote no predictions is told how to write them, not to be trained again") {
  const Scripted scripted;
  const test::Said said = scripted.says({"compare", "s/gain=1", "s/gain=3", "--images"});
  CHECK(said.code == exit_wrong_request);
  CHECK_THAT(said.err, Contains("has no predictions of the test images") &&
                           Contains("predictions_test.csv") && Contains("predictions_test.npy") &&
                           !Contains("--retrain"));
}

TEST_CASE("the page of a script's study has no column for parameters that nobody knows") {
  const Scripted scripted;
  CHECK_THAT(scripted.says({"show", "s"}).out, Contains("baseline") && !Contains("parameters"));
}

TEST_CASE("the metric that a report rests on is a usual column, however many others its study declares") {
  const Scripted scripted;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g"})
    execute(scripted.database(),
            fmt::format("INSERT INTO setting SELECT id, 'trainer.metrics.test.{}', 'up' FROM variant", name));
  CHECK_THAT(scripted.says({"runs", "s", "--format", "csv"}).out,
             Contains(",selected,test.bleu,test.a,test.b,test.c,test.d,test.e,leaked\n"));
}

TEST_CASE("without a study named, runs have the metrics that the studies of the file declare") {
  const Scripted scripted;
  scripted.copy.write("other.sh", "echo '{\"epoch\": 1, \"test.chrf\": 1}' >> \"$ABLATE_METRICS\"\n");
  scripted.copy.write(
      "other.yaml",
      "study: other\nquestion: Well?\ntrainer: {command: [sh, other.sh], metrics: {test.chrf: up}}\n"
      "seeds: 2\nreport: {primary: test.chrf}\n");
  ablate_says({"run", (scripted.copy / "other.yaml").string(), "--db", scripted.database(), "--out",
               (scripted.copy / "r").string(), "-q"});
  CHECK_THAT(scripted.says({"runs", "--format", "csv"}).out,
             Contains(",selected,test.bleu,test.chrf,leaked\n"));
}

TEST_CASE(
    "runs that a kill left with other numbers weaken the answer, by their size, and `run` says so at its end") {
  const Scripted scripted;
  CHECK_THAT(scripted.run(scripted.database()).err, !Contains("other numbers"));
  execute(scripted.database(),
          "INSERT INTO repeated_epoch(run_id, epoch, attempt, metric, first, again) VALUES "
          "(1, 1, 2, NULL, NULL, NULL), (1, 2, 2, 'test.bleu', 13, 13.25), (2, 2, 2, 'test.bleu', 23, 22.5)");
  const test::Said run = scripted.run(scripted.database());
  CHECK_THAT(run.err,
             Contains("2 runs resumed with other numbers than the first time (test.bleu by up to 0.5)") &&
                 Contains("ablate show 1"));
  const std::string report = read_file(scripted.copy / "report/report.md", 1 << 20);
  CHECK_THAT(report, Contains("2 of 6 runs resumed with other numbers (test.bleu by up to 0.5)") &&
                         Contains("does not go on from its checkpoint"));
  CHECK_THAT(scripted.says({"compare", "s/gain=1", "s/gain=2", "--format", "csv"}).out,
             Contains("resumed with other numbers"));
}

TEST_CASE("an epoch that one attempt reported twice with other numbers is told as that, and not as resumed") {
  const Scripted scripted;
  scripted.run(scripted.database());
  execute(
      scripted.database(),
      "INSERT INTO repeated_epoch(run_id, epoch, attempt, metric, first, again) VALUES (1, 2, 1, 'test.bleu', 13, 13.25)");
  CHECK_THAT(
      scripted.run(scripted.database()).err,
      Contains(
          "1 run reported an epoch twice with other numbers (test.bleu by up to 0.25): the first counts"));
  CHECK_THAT(read_file(scripted.copy / "report/report.md", 1 << 20),
             Contains("1 of 6 runs reported an epoch twice with other numbers") && !Contains("resumed with"));
}

TEST_CASE("an epoch that came again without a number is told without a size") {
  const Scripted scripted;
  execute(scripted.database(), "INSERT INTO repeated_epoch VALUES (1, 2, 2, 'test.bleu', 13, NULL)");
  CHECK_THAT(scripted.run(scripted.database()).err, Contains("(test.bleu, once without a number)"));
}
