/// Runs of other trackers that are not taken as they are, and what is asked of those that came.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "cli/mlflow_file.hpp"
#include "cli/says.hpp"
#include "exchange/event_file.hpp"
#include "report/collect.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A folder, and what the program says in it.
struct Imports {
  TemporaryFolder folder;
  int code = -1;  ///< of what was told last

  std::string path(const char* name) const { return (folder / name).string(); }
  std::string told(std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    const test::Said said = ablate_says(words);
    code = said.code;
    return said.out + said.err;
  }
};

}  // namespace

TEST_CASE("a run whose metric is beyond what it can be is not imported, and may have another name") {
  Imports imports;
  imports.folder.write(
      "runs.csv", "run,lr,seed,step,acc\na,0.1,1,1,91.5\nb,0.2,1,1,92.5\nc,0.1,2,1,91.5\nd,0.2,2,1,92.5\n");
  const std::vector<std::string> arguments = {"import", "csv",  imports.path("runs.csv"), "--study",
                                              "s",      "--db", imports.path("a.db"),     "--metric"};
  const auto with = [&](const std::vector<std::string>& more) { return imports.told(arguments, more); };
  CHECK_THAT(with({"test.accuracy=up", "--map", "acc=test.accuracy"}),
             Contains("step 1: test.accuracy is 91.5, which is not from 0 to 1") &&
                 Contains("--map acc=test.accuracy_percent"));
  CHECK(imports.code == 2);
  CHECK_FALSE(std::filesystem::exists(imports.path("a.db")));
  with({"test.accuracy_percent=up", "--map", "acc=test.accuracy_percent"});
  CHECK(imports.code == 0);
}

TEST_CASE("runs of several MLflow experiments are not one study, unless the experiments are to be compared") {
  Imports imports;
  const std::string file = imports.path("ml.db");
  execute(file, mlflow_tables);
  for (int i = 0; i < 12; ++i) {
    const bool mnist = i >= 8;
    execute(
        file,
        fmt::format("INSERT INTO runs VALUES ('r{0}', 'FINISHED', 'active', {0}, {1}); INSERT INTO params "
                    "VALUES ('r{0}', 'lr', '{2}'); INSERT INTO metrics VALUES ('r{0}', 'test.accuracy', {3}, "
                    "1, 1, 0)",
                    i, mnist ? 2 : 1, mnist || i % 2 ? 0.1 : 0.2, mnist ? 0.99 : 0.5));
  }
  execute(
      file,
      "INSERT INTO runs VALUES ('bare', 'FINISHED', 'active', 1, 1), ('top', 'FINISHED', 'active', 1, 1); "
      "INSERT INTO params VALUES ('bare', 'lr', '0.3')");
  const auto says = [&](const std::vector<std::string>& more) {
    return imports.told({"import", "mlflow", file, "--db", imports.path("a.db"), "--study"}, more);
  };
  CHECK_THAT(says({"s"}),
             Contains("the runs are of 2 experiments: cifar, mnist") && Contains("--experiment NAME"));
  CHECK(imports.code == 2);
  CHECK_THAT(says({"s", "--experiment", "cifr"}), Contains("did you mean 'cifar'?"));
  CHECK_THAT(says({"s", "--experiment", "cifar"}),
             Contains("s: 8 runs as 2 variants") &&
                 Contains("note: left out for want of any metric: run bare of") && !Contains("top"));
  CHECK_THAT(says({"t", "--experiment", "cifar", "--experiment", "mnist"}),
             Contains("t: 12 runs as 3 variants"));
}

TEST_CASE("an MLflow run that was started again with the same parameters is told as that, and what helps") {
  Imports imports;
  const std::string file = imports.path("ml.db");
  execute(file, mlflow_tables);
  for (int i = 0; i < 6; ++i)
    execute(file, fmt::format(
                      "INSERT INTO runs VALUES ('run{0}', 'FINISHED', 'active', {0}, 1); INSERT INTO params "
                      "VALUES ('run{0}', 'lr', '0.{1}'), ('run{0}', 'seed', '1'); INSERT INTO metrics VALUES "
                      "('run{0}', 'test.accuracy', 0.{0}, 1, 1, 0)",
                      i, 1 + i % 2));
  std::vector<std::string> words = {"import", "mlflow", file, "--study", "s", "--db", imports.path("a.db")};
  CHECK_THAT(imports.told(words, {}), Contains("are both lr=0.1 under seed 1") &&
                                          Contains("no parameter tells them apart") &&
                                          Contains("--seed none"));
  CHECK(imports.code == 2);
  CHECK_THAT(imports.told(words, {"--seed", "none"}),
             Contains("--seed none: they are numbered, and compared unpaired") && Contains("6 runs as 2"));
}

TEST_CASE("a metric that MLflow's runs log once, without a step, counts at the epoch that is selected") {
  Imports imports;
  const std::string file = imports.path("ml.db");
  execute(file, mlflow_tables);
  for (int i = 0; i < 4; ++i) {
    const std::string id = fmt::format("run{}", i);
    execute(file, fmt::format("INSERT INTO runs VALUES ('{0}', 'FINISHED', 'active', 0, 1); "
                              "INSERT INTO params VALUES ('{0}', 'lr', '0.{1}'), ('{0}', 'seed', '{2}'); "
                              "INSERT INTO metrics VALUES ('{0}', 'test.accuracy', 0.{1}{2}, 0, 9, 0)",
                              id, 1 + i / 2, 1 + i % 2));
    for (int step = 1; step <= 3; ++step)
      execute(file, fmt::format("INSERT INTO metrics VALUES ('{}', 'validation.accuracy', {}, {}, {}, 0)", id,
                                step == 2 ? 0.9 : 0.5, step, step));
  }
  for (const auto& [select, epoch] : {std::pair("last", 3), std::pair("validation.accuracy", 2)}) {
    const std::string database = imports.path("a.db");
    CHECK_THAT(
        imports.told({"import", "mlflow", file, "--study", select, "--select", select, "--db", database}, {}),
        Contains("note: logged once in runs that log others at several steps, and taken for the value at the "
                 "epoch that counts: test.accuracy"));
    const Reader reader(database);
    const Comparison comparison = collect(reader, select, {{}, "test.accuracy", 0.95});
    CHECK(primary(comparison, comparison.variants[0]).mean == Approx(0.115));
    CHECK(primary(comparison, comparison.variants[1]).mean == Approx(0.215));
    CHECK(comparison.variants[1].runs[0].selected_epoch == epoch);
    CHECK(comparison.variants[1].runs[0].epochs_done == 3);
  }
}

TEST_CASE("an import's study holds the runs that came, and none that would complete its grid") {
  Imports imports;
  imports.folder.write("runs.csv",
                       "lr,seed,test.accuracy\n0.1,1,0.5\n0.1,2,0.6\n0.1,3,0.7\n0.2,2,0.6\n0.2,4,0.8\n");
  CHECK_THAT(
      imports.told({"import", "csv", imports.path("runs.csv"), "--study", "s", "--db", imports.path("a.db")},
                   {}),
      Contains("s: 5 runs as 2 variants"));
  const Comparison comparison = collect(Reader(imports.path("a.db")), "s", {{}, "test.accuracy", 0.95});
  CHECK(comparison.counts.planned == 5);
  CHECK(comparison.counts.done == 5);
}

TEST_CASE("CSV of other separators and epochs that come twice are told as what they are, and 1.0 is a seed") {
  Imports imports;
  const auto said_of = [&](const std::string& rows) {
    imports.folder.write("runs.csv", rows);
    return imports.told(
        {"import", "csv", imports.path("runs.csv"), "--study", "s", "--db", imports.path("a.db")}, {});
  };
  CHECK_THAT(said_of("lr;seed;test.accuracy\n0,1;1;0,5\n"),
             Contains("runs.csv:1:3: its fields are separated by ';'"));
  CHECK_THAT(said_of(std::string("SQLite format 3\0\1,b\n", 19)), Contains("ablate import mlflow"));
  CHECK_THAT(imports.told({"import", "csv", imports.folder.text(), "--study", "s"}, {}),
             Contains("is a folder"));
  CHECK_THAT(said_of("lr\tseed\ttest.accuracy\n"), Contains("its fields are separated by tabs"));
  CHECK_THAT(said_of("lr,seed,epoch,test.accuracy\n1,1,1,0.5\n1,1,1,0.6\n1,2,1,0.5\n"),
             Contains("are both default under seed 1") && Contains("does an epoch come twice in the file?"));
  CHECK_THAT(said_of("lr,seed,test.accuracy\n1,1.5,0.5\n1,2.0,0.6\n"), Contains("'1.5' is no seed"));
  CHECK_THAT(said_of("lr,seed,test.accuracy\n1,1.0,0.5\n1,2.0,0.6\n"), Contains("s: 2 runs as 1 variant"));
}

TEST_CASE("an import that meets a limit on file sizes names the results file, and leaves nothing") {
  Imports imports;
  imports.folder.write("runs.csv", "lr,seed,test.accuracy\n1,1,0.5\n1,2,0.6\n");
  const FileSizeLimit limit(4096);
  const std::string said = imports.told(
      {"import", "csv", imports.path("runs.csv"), "--study", "s", "--db", imports.path("a.db")}, {});
  CHECK(imports.code == 2);
  CHECK_THAT(said, Contains("cannot import into " + imports.path("a.db") +
                            ": no file may be longer than 4096 bytes here; nothing of it was kept") &&
                       Contains("raise the limit (ulimit -f) and import again"));
  CHECK(std::distance(std::filesystem::directory_iterator(imports.folder.path()), {}) == 1);
}

TEST_CASE("named queries judge a study by its own metric, the way that it says is better") {
  Imports imports;
  imports.folder.write("runs.csv",
                       "lr,seed,epoch,test.ppl\n0.1,1,1,10\n0.1,2,1,11\n0.2,1,1,50\n0.2,2,1,90\n");
  const auto taken = [&](const std::string& study, const std::string& way) {
    imports.told({"import", "csv", imports.path("runs.csv"), "--study", study, "--metric", "test.ppl=" + way,
                  "--db", imports.path("a.db")},
                 {});
    CHECK(imports.code == 0);
  };
  taken("lm", "down");
  taken("upward", "up");
  const auto asked = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "query");
    words.insert(words.end(), {"--format", "csv", "--db", imports.path("a.db")});
    return imports.told(std::move(words), {});
  };
  CHECK_THAT(asked({"best_per_study"}),
             Contains("lm,lr=0.1,1,test.ppl,10,10,") && Contains("upward,lr=0.2,2,test.ppl,90,90,"));
  CHECK_THAT(asked({"leaderboard", "--param", "top=1"}), Contains("lm,lr=0.1,2,10.5,0.7") &&
                                                             Contains("upward,lr=0.2,2,70,28.") &&
                                                             !Contains("lm,lr=0.2"));
  CHECK_THAT(asked({"seed_spread", "--param", "study=lm"}),
             Contains("lm,lr=0.2,2,70,28.") && Contains(",50,70,90,test.ppl\nlm,lr=0.1"));
  CHECK_THAT(asked({"overfitting"}),
             Contains("no rows; overfitting answers: ") && Contains("no metric of a program's own"));
}

TEST_CASE(
    "folders of add_scalars are metrics of the run above them, and a split's name is not asked for again") {
  Imports imports;
  for (const char* run : {"lr=0.1,seed=1", "lr=0.1,seed=2", "lr=0.2,seed=1", "lr=0.2,seed=2"}) {
    const auto folder = imports.folder / "tb" / run;
    const auto write = [&](const std::string& below, const std::string& tag) {
      std::filesystem::create_directories(folder / below);
      EventFile events(1.0);
      for (int epoch = 1; epoch <= 2; ++epoch) events.add_scalar(1.0, epoch, tag, 0.5);
      write_file(folder / below / "tfevents.1", events.bytes());
    };
    write(".", "lr");
    write("Loss_all_train", "Loss/all");
    write("Loss_all_val", "Loss/all");
    write("validation", "score");
  }
  const std::vector<std::string> words = {"import", "tensorboard", imports.path("tb"),  "--study",
                                          "s",      "--db",        imports.path("a.db")};
  CHECK_THAT(
      imports.told(words, {}),
      Contains("try: --metric validation.score=up, or =down; there are Loss/all/train, Loss/all/val, lr, "));
  CHECK_THAT(imports.told(words, {"--metric", "validation.score=up"}), Contains("s: 4 runs as 2 variants"));
}
