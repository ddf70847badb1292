#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "cli/command.hpp"
#include "metrics/metric_table.hpp"
#include "report/collect.hpp"
#include "runner/sweep.hpp"
#include "store/store_support.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// A study of a shell script that reports metrics outside the suite, run once for all tests of this file: bleu is
/// 10 gain + seed + epoch, the undeclared memory 100 gain.
struct Trained {
  Trained() {
    fill_shared(folder, "own_metrics_test", [this] { train(); });
  }
  void train() const {
    folder.write("train.sh", R"(for e in 1 2 3; do
  echo "{\"epoch\": $e, \"validation.bleu\": $((10 * $1 + ABLATE_SEED + e)), \"test.bleu\": $((10 * $1 + ABLATE_SEED + e)).5, \"test.memory\": $((100 * $1))}" >> "$ABLATE_METRICS"
done
)");
    folder.write("study.yaml", R"(# Does gain raise BLEU?
study: bleu
trainer:
  command: [sh, train.sh, "{gain}"]
  settings: {gain: 1, dropout: 0.5}
  epochs: 3
  metrics: {validation.bleu: up, test.bleu: up}
variants: {baseline: {gain: 1}, grid: {gain: [1, 2]}}
seeds: 6
report: {primary: test.bleu}
)");
    says({"run", (folder / "study.yaml").string(), "--db", database(), "--out", (folder / "report").string(),
          "-j", "1", "--quiet"});
  }
  std::string database() const { return (folder / "a.db").string(); }

  std::string says(std::vector<std::string> arguments) const {
    std::ostringstream out, err;
    std::istringstream in;
    Console console{out, err, in};
    code = run_program(arguments, console);
    return out.str() + err.str();
  }
  std::string asks(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--db", database(), "--format", "csv"});
    return says(arguments);
  }

  TemporaryFolder folder;
  mutable int code = 0;
};

const Trained& trained() {
  static const Trained once;
  return once;
}

using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("runs are asked for, sorted and shown by a metric of a program's own, as by one of the suite") {
  CHECK_THAT(
      trained().asks({"runs", "bleu", "--where", "test.bleu > 27 and gain = 2", "--sort", "test.bleu",
                      "--columns",
                      "seed,test.bleu,best(validation.bleu),at(test.bleu, 1),first_epoch(test.bleu >= 27)"}),
      Contains("seed,test.bleu,best(validation.bleu),\"at(test.bleu, 1)\",first_epoch(test.bleu >= 27)\n"
               "6,29.5,29,27.5,1\n5,28.5,28,26.5,2\n4,27.5,27,25.5,3\n"));
  CHECK_THAT(trained().asks(
                 {"runs", "--where", "study = bleu and bleu < 16 and dropout = 0.5", "--columns", "seed"}),
             Contains("seed\n") && Contains("2\n") && Contains("1\n"));
  CHECK_THAT(trained().asks({"runs", "bleu", "--by", "gain", "--columns", "test.bleu"}),
             Contains("16.999") || Contains("17"));
}

TEST_CASE("a wrong name gets the nearest metric, and one that nobody declares has no best") {
  CHECK_THAT(trained().asks({"runs", "bleu", "--where", "test.bleuu > 1"}),
             Contains("did you mean 'test.bleu'?"));
  CHECK_THAT(trained().asks({"runs", "bleu", "--columns", "best(test.memory)"}),
             Contains("studies declare test.memory in no direction, or in both: it has no best"));
  CHECK_THAT(trained().asks({"runs", "bleu", "--columns", "max(test.memory)", "--limit", "1"}),
             Contains("200"));
}

TEST_CASE("where no columns are named, runs have those of the metrics that the study declares") {
  for (const std::vector<std::string>& of : {std::vector<std::string>{"runs", "bleu"}, {"runs"}}) {
    const std::string runs = trained().asks(of);
    CHECK_THAT(runs, Contains(",selected,test.bleu,validation.bleu,leaked\n"));
  }
  CHECK_THAT(trained().asks({"runs", "bleu", "--by", "gain"}), Contains("gain,runs,test.bleu.n,"));
}

TEST_CASE("metrics of two studies whose names differ in case alone have columns of their own") {
  const TemporaryFolder folder;
  const std::string file = (folder / "a.db").string();
  std::vector<std::string> said;
  for (const char* name : {"Acc", "acc", "Accuracy"}) {
    folder.write("runs.csv",
                 fmt::format("lr,seed,step,test.{0}\n1,1,1,{1}\n1,2,1,{1}\n2,1,1,{1}\n2,2,1,{1}\n", name,
                             std::string(name).size()));
    said.push_back(
        trained().says({"import", "csv", (folder / "runs.csv").string(), "--study", std::string("s") + name,
                        "--metric", fmt::format("test.{}=up", name), "--db", file}));
  }
  CHECK_THAT(
      trained().says({"query",
                      "SELECT sum(test_Acc), sum(test_acc_2), sum(test_Accuracy_2), sum(test_accuracy) "
                      "FROM tidy",
                      "--db", file, "--format", "csv"}),
      Contains("\n12,12,32,\n"));
}

TEST_CASE("the tidy view has a program's own settings and metrics as columns") {
  CHECK_THAT(
      trained().asks({"query", "SELECT gain, avg(test_bleu) AS bleu FROM tidy GROUP BY gain ORDER BY gain"}),
      Contains("gain,bleu\n1,17\n2,27\n"));
}

TEST_CASE("a report rests on a metric of a program's own") {
  const std::string report = read_file(trained().folder / "report/report.md", 1 << 20);
  CHECK_THAT(report, Contains("gain: 2 is better than 1: +10.00 in test.bleu"));
  CHECK_THAT(report, Contains("JOIN run_value m ON m.run_id = r.id AND m.metric = 'bleu'"));
  CHECK_THAT(read_file(trained().folder / "report/tables/metrics.csv", 1 << 20),
             Contains("gain=2,test,bleu,6,27"));
  const Reader reader(trained().database());
  const Comparison comparison = collect(reader, "bleu", {{}, "test.bleu", 0.95});
  CHECK(comparison.variants[1].difference->paired.summary.mean == 10.0);
  CHECK(curve(comparison.variants[1], SplitName::test).size() == 3);
  CHECK_THROWS_WITH(collect(reader, "bleu", {{}, "test.memory", 0.95}),
                    Contains("it is not known which direction of test.memory is better"));
  CHECK_THROWS_WITH(collect(reader, "bleu", {{}, "test.blue", 0.95}), Contains("did you mean 'bleu'?"));
}

TEST_CASE("two variants are compared by a metric of a program's own") {
  CHECK_THAT(trained().says({"compare", "bleu/gain=1", "bleu/gain=2", "--db", trained().database()}),
             Contains("bleu") && Contains("+10.00"));
  CHECK(trained().code == exit_done);
}

TEST_CASE("variants that differ in their command or its code alone do not differ by chance alone") {
  const TemporaryFolder folder;
  const auto run = [&](const std::string& study, const std::string& script) {
    const std::string value = script == "one.sh" ? "0.5" : "0.75";
    folder.write(script, "echo '{\"epoch\": 1, \"test.accuracy\": " + value + "}' >> \"$ABLATE_METRICS\"\n");
    folder.write(study + ".yaml", "study: " + study + "\ntrainer: {command: [sh, " + script +
                                      "], metrics: {test.accuracy: up}}\nseeds: 2\n");
    trained().says({"run", (folder / (study + ".yaml")).string(), "--db", (folder / "a.db").string(), "--out",
                    (folder / "r").string(), "-q"});
  };
  run("first", "one.sh");
  run("second", "two.sh");
  run("again", "one.sh");
  const auto compared = [&](const std::string& b) {
    return trained().says(
        {"compare", "first/default", b, "--db", (folder / "a.db").string(), "--format", "csv"});
  };
  CHECK_THAT(compared("second/default"),
             Contains(",setting,trainer.command\n") && Contains(",B,\"[sh, two.sh]\"\n") &&
                 Contains(",setting,program (SHA-256)\n") && !Contains("chance alone"));
  CHECK_THAT(compared("again/default"), Contains("Nothing: they differ by chance alone."));
}

TEST_CASE("a run's page shows its own metrics, and nothing of the suite that it did not report") {
  const std::string page = trained().says({"show", "bleu/gain=2/1", "--db", trained().database()});
  CHECK_THAT(page, Contains("bleu") && Contains("24.5") && Contains("memory") && !Contains("auc_roc"));
}

TEST_CASE("tail tells the epochs of a program that reports no learning rate") {
  const std::string lines = trained().says({"tail", "bleu/gain=2/1", "--db", trained().database()});
  CHECK_THAT(lines, Contains("epoch 3  validation.bleu 24.0000\n") && !Contains("rate"));
}

TEST_CASE("tail begins with the last epochs that there are, of which one may be counted as 0") {
  const Trained trained;
  execute(trained.database(), "UPDATE epoch SET epoch = epoch - 1 WHERE run_id = 1");
  const auto tail = [&](const char* lines) {
    return trained.says({"tail", "1", "-n", lines, "--db", trained.database()});
  };
  CHECK_THAT(tail("10"), StartsWith("epoch 0\nepoch 1") && Contains("epoch 2"));
  CHECK_THAT(tail("3"), StartsWith("epoch 0\n"));
  CHECK_THAT(tail("2"), StartsWith("epoch 1"));
  CHECK_THAT(tail("0"), StartsWith("run 1 (bleu/gain=1/1) is done"));
}

TEST_CASE("commands that need our network refuse a run of another program with a word on it") {
  CHECK_THAT(trained().says({"export", "predictions", "bleu/gain=2/1", "--db", trained().database()}),
             Contains("was trained by another program"));
}

TEST_CASE("verify has the program train again in the folder of its study file") {
  CHECK_THAT(
      trained().says({"verify", "bleu", "--folder", trained().folder.text(), "--db", trained().database()}),
      Contains("every stored bit is the same"));
  CHECK(trained().code == exit_done);
  CHECK_THAT(trained().says({"verify", "bleu", "--folder", "/", "--db", trained().database()}),
             Contains("the trainer's code is not that of run"));
  CHECK(trained().code == exit_wrong_request);
}

TEST_CASE("a study of a program is merged, exported and imported with its own metrics") {
  const TemporaryFolder& folder = trained().folder;
  const std::string copy = (folder / "copy.db").string();
  trained().says(
      {"export", "sqlite", "bleu", "--out", (folder / "one.db").string(), "--db", trained().database()});
  CHECK(trained().code == exit_done);
  trained().says({"merge", (folder / "one.db").string(), "--into", copy});
  CHECK(trained().code == exit_done);
  CHECK(Reader(copy).fingerprint(1) == Reader(trained().database()).fingerprint(1));
}

TEST_CASE("tail and show of a run tell the metrics that its study declares, and no column that it lacks") {
  const Trained trained;
  const std::string last = trained.says({"tail", "1", "-n", "1", "--db", trained.database()});
  CHECK_THAT(last, Catch::Contains("epoch 3  validation.bleu 14.0000\n"));
  CHECK_THAT(trained.says({"tail", "1", "-n", "1", "--test", "--db", trained.database()}),
             Catch::Contains("epoch 3  validation.bleu 14.0000  test.bleu 14.5000\n"));
  const std::string page = trained.says({"show", "1", "--db", trained.database()});
  CHECK_THAT(page,
             Catch::Contains("test.bleu") && !Catch::Contains("gradient_norm") && !Catch::Contains("nan"));
}

TEST_CASE(
    "a metric of the suite keeps its direction, and a file that turns it round is refused with the place") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string();
  const auto plan = [&](const std::string& metrics) {
    write_file(file, "study: s\nquestion: Well?\ntrainer:\n  command: [true]\n  metrics: {" + metrics +
                         "}\nseeds: 2\nreport: {primary: test.score}\n");
    return trained().says({"plan", file, "--db", (folder / "a.db").string()});
  };
  const std::string turned = plan("test.score: down, test.accuracy: down");
  CHECK(trained().code == exit_wrong_request);
  CHECK_THAT(turned,
             Contains("s.yaml:5:46: trainer.metrics.test.accuracy is down; in ablate's suite accuracy is "
                      "better the higher it is") &&
                 Contains("test.accuracy: up; what is not that metric needs another name, such as "
                          "test.own_accuracy"));
  CHECK_THAT(plan("test.score: down, test.log_loss: up"), Contains("log_loss is better the lower it is"));
  plan("test.score: down, test.accuracy: up, validation.log_loss: down, accuracy: down");
  CHECK(trained().code == exit_done);
}

}  // namespace
