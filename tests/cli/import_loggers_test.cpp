#include <filesystem>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "cli/imported_study.hpp"
#include "report/collect.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// As Lightning's CSVLogger writes it: training every fifty steps, validation at the end of an epoch, each in a row of its
/// own, epochs from 0. The run ends after `epochs`.
std::string lightning(double reached, int epochs) {
  std::string text = "epoch,step,train_loss_epoch,train_loss_step,val_acc,val_loss\n";
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const int first = 100 * epoch;
    for (const int step : {49, 99}) text += fmt::format("{},{},,{},,\n", epoch, first + step, step / 100.0);
    text += fmt::format("{},{},,,{:.2f},{}\n", epoch, first + 99, reached + 0.01 * epoch, 0.5);
    text += fmt::format("{},{},{},,,\n", epoch, first + 99, 0.4);
  }
  return text;
}

/// As Keras' CSVLogger does: a row an epoch, from 0, metrics of validation beside those of training.
std::string keras(double reached) {
  return fmt::format(
      "epoch,accuracy,learning_rate,loss,val_accuracy,val_loss\n0,0.5,0.1,1.5,0.4,1.6\n1,0.6,0.05,1.2,{:.2f},1.3\n",
      reached);
}

struct Logged : ImportedStudy {
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder / name).parent_path());
    folder.write(name, text);
  }
  test::Said import(const std::string& name, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> files;
    for (const std::string rate : {"0.1", "0.2"}) {
      for (const std::string seed : {"1", "2"})
        files.push_back((folder / fmt::format("lr={}/seed={}/{}", rate, seed, name)).string());
    }
    return ImportedStudy::import("csv", files, more);
  }
};

}  // namespace

TEST_CASE("metrics.csv of Lightning's CSVLogger is imported by one command, a run from each file") {
  const Logged logged;
  for (const int seed : {1, 2}) {
    logged.write(fmt::format("lr=0.1/seed={}/version_0/metrics.csv", seed), lightning(0.7, 3));
    logged.write(fmt::format("lr=0.2/seed={}/version_0/metrics.csv", seed), lightning(0.8, 1 + seed));
  }
  CHECK_THAT(logged.import("version_0/metrics.csv").err,
             Contains("--metric validation.loss=up, or =down") && Contains("validation.acc"));
  const test::Said said = logged.import("version_0/metrics.csv", {"--metric", "validation.acc=up"});
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, Contains("s: 4 runs as 2 variants"));
  CHECK(logged.runs("variant,seed,epochs,validation.acc,train.loss_epoch,last(train.loss_step)") ==
        "variant,seed,epochs,validation.acc,train.loss_epoch,last(train.loss_step)\n"
        "lr=0.1,1,2,0.72,0.4,0.99\nlr=0.1,2,2,0.72,0.4,0.99\n"
        "lr=0.2,1,1,0.81,0.4,0.99\nlr=0.2,2,2,0.82,0.4,0.99\n");
}

TEST_CASE("Lightning's hparams.yaml beside its metrics.csv gives parameters and seed") {
  const Logged logged;
  std::vector<std::string> words = {"import",          "csv",      "--study",          "s", "--db",
                                    logged.database(), "--metric", "validation.acc=up"};
  for (int version = 0; version < 4; ++version) {
    const std::string folder = fmt::format("lightning_logs/version_{}", version);
    logged.write(folder + "/metrics.csv", lightning(version < 2 ? 0.7 : 0.8, 3));
    logged.write(folder + "/hparams.yaml",
                 fmt::format("seed: {}\nmodel:\n  width: {}\n  skip: null\nbetas:\n- 0.9\n- 0.99\n",
                             version % 2 + 1, version < 2 ? 32 : 64));
    words.push_back((logged.folder / (folder + "/metrics.csv")).string());
  }
  const test::Said said = ablate_says(words);
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK(logged.runs("variant,seed,validation.acc") ==
        "variant,seed,validation.acc\nmodel.width=32,1,0.72\nmodel.width=32,2,0.72\n"
        "model.width=64,1,0.82\nmodel.width=64,2,0.82\n");
  for (int version = 0; version < 4; ++version)
    logged.write(fmt::format("lightning_logs/version_{}/hparams.yaml", version),
                 "loss: !!python/name:torch.nn.MSELoss ''\n");
  std::filesystem::remove(logged.database());
  const test::Said refused = ablate_says(words);
  CHECK(refused.code == exit_wrong_request);
  CHECK_THAT(refused.err, Contains("its settings are not read: ") && Contains("version_0/hparams.yaml:1:") &&
                              Contains("(and 3 more)"));
}

TEST_CASE("runs of Lightning in different folders are told apart by them where nothing else does") {
  const Logged logged;
  std::vector<std::string> words = {"import",          "csv",      "--study",          "s", "--db",
                                    logged.database(), "--metric", "validation.acc=up"};
  for (const std::string file : {"plain/version_0", "plain/version_1", "skip/version_0", "skip/version_1"}) {
    logged.write(file + "/metrics.csv", lightning(0.7, 3));
    words.push_back((logged.folder / (file + "/metrics.csv")).string());
  }
  const test::Said said = ablate_says(words);
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err, Contains("so folder is a factor"));
  CHECK(logged.runs("variant,seed") ==
        "variant,seed\nfolder=plain,1\nfolder=plain,2\nfolder=skip,1\nfolder=skip,2\n");
}

TEST_CASE("a file of Keras' CSVLogger is imported by one command, a run from each file") {
  const Logged logged;
  for (const int seed : {1, 2}) {
    logged.write(fmt::format("lr=0.1/seed={}/log.csv", seed), keras(0.7));
    logged.write(fmt::format("lr=0.2/seed={}/log.csv", seed), keras(0.8 + 0.01 * seed));
  }
  CHECK_THAT(logged.import("log.csv").err,
             Contains("column 'learning_rate' changes from epoch to epoch") && Contains("--map"));
  const test::Said said = logged.import("log.csv", {"--map", "learning_rate=learning_rate"});
  INFO(said.err);
  CHECK(said.code == exit_done);
  CHECK(
      logged.runs("variant,seed,validation.accuracy,train.loss") ==
      "variant,seed,validation.accuracy,train.loss\nlr=0.1,1,0.7,1.2\nlr=0.1,2,0.7,1.2\nlr=0.2,1,0.81,1.2\nlr=0.2,2,0.82,1.2\n");
}

TEST_CASE("tidy CSV with a step beside the epoch keeps the factors that its columns hold") {
  const TemporaryFolder folder;
  folder.write("all.csv",
               "lr,seed,epoch,step,val_accuracy\n1,1,0,9,0.5\n1,1,1,19,0.6\n1,2,0,9,0.5\n1,2,1,19,0.7\n"
               "2,1,0,9,0.5\n2,1,1,19,0.8\n2,2,0,9,0.5\n2,2,1,19,0.9\n");
  const std::string file = (folder / "a.db").string();
  CHECK_THAT(ablate_says({"import", "csv", (folder / "all.csv").string(), "--study", "s", "--db", file}).err,
             Contains("s: 4 runs as 2 variants"));
}
