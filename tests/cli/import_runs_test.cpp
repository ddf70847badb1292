#include "cli/import_runs.hpp"

#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "report/answer_words.hpp"
#include "report/collect.hpp"
#include "report/fairness.hpp"
#include "report/unpaired.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

struct Place {
  std::string says(const std::vector<std::string>& arguments) const {
    std::ostringstream out, err;
    std::istringstream in;
    Console console{out, err, in};
    code = run_program(arguments, console);
    return out.str() + err.str();
  }
  std::string path(const std::string& name) const { return (folder / name).string(); }

  TemporaryFolder folder;
  mutable int code = 0;
};

const std::string table =
    "lr,optimizer,seed,epoch,val/acc,test.accuracy,test.bleu\n"
    "0.1,adam,1,1,0.5,0.4,20\n0.1,adam,1,2,0.6,0.5,21\n0.1,adam,2,1,0.5,0.42,20\n0.1,adam,2,2,0.7,0.52,22\n"
    "0.2,adam,1,1,0.5,0.5,30\n0.2,adam,1,2,0.4,0.6,31\n0.2,adam,2,1,0.5,0.5,30\n0.2,adam,2,2,0.4,0.64,32\n";

TEST_CASE("tidy CSV becomes a study: what varies are the factors, and the last epoch counts") {
  const Place place;
  place.folder.write("runs.csv", table);
  CHECK_THAT(
      place.says({"import", "csv", place.path("runs.csv"), "--study", "mine", "--baseline", "lr=0.1", "--map",
                  "val/acc=validation.accuracy", "--metric", "test.bleu=up", "--db", place.path("a.db")}),
      Contains("mine: 4 runs as 2 variants"));
  const Reader reader(place.path("a.db"));
  const Comparison comparison = collect(reader, "mine", {{}, "test.accuracy", 0.95});
  REQUIRE(comparison.variants.size() == 2);
  CHECK(baseline(comparison)->name == "lr=0.1");
  CHECK(comparison.variants[1].difference->paired.summary.mean == Approx(0.11));
  CHECK(comparison.code_versions.front().starts_with("imported from "));
  CHECK(comparison.audit.audited == 0);
  CHECK(collect(reader, "mine", {{}, "test.bleu", 0.95}).variants[1].difference->paired.summary.mean == 10.0);
  CHECK_THAT(
      place.says({"import", "csv", place.path("runs.csv"), "--study", "mine", "--map",
                  "val/acc=validation.accuracy", "--metric", "test.bleu=up", "--db", place.path("a.db")}),
      Contains("has a study 'mine' already"));
}

TEST_CASE(
    "an import names the report to ask for next, with its database, and a baseline where none was named") {
  const Place place;
  place.folder.write("runs.csv", table);
  const std::vector<std::string> words = {
      "import",          "csv",   place.path("runs.csv"),        "--study",
      "my runs",         "--map", "val/acc=validation.accuracy", "--db",
      place.path("a.db")};
  CHECK_THAT(place.says(words),
             Contains(fmt::format("`ablate report 'my runs' --db {} --baseline ", place.path("a.db"))));
  std::vector<std::string> with_baseline = words;
  with_baseline[4] = "yours";
  with_baseline.insert(with_baseline.end(), {"--baseline", "lr=0.1"});
  CHECK_THAT(place.says(with_baseline),
             Contains(fmt::format("`ablate report yours --db {}` compares them", place.path("a.db"))));
}

TEST_CASE("values of imported factors that differ in a number alone are in the order of the numbers") {
  const Place place;
  std::string runs = "size,width,seed,epoch,test.accuracy\n";
  for (const char* size : {"100k", "10k", "9k"}) {
    for (const char* width : {"[100]", "[50]"}) {
      for (const int seed : {1, 2}) runs += fmt::format("{},{},{},1,0.{}\n", size, width, seed, 5 + seed);
    }
  }
  place.folder.write("runs.csv", runs);
  place.says({"import", "csv", place.path("runs.csv"), "--study", "mine", "--baseline", "size=9k,width=[50]",
              "--db", place.path("a.db")});
  const Comparison comparison = collect(Reader(place.path("a.db")), "mine", {{}, "test.accuracy", 0.95});
  CHECK(comparison.variants.front().name == "size=9k,width=[50]");
  CHECK(comparison.variants.back().name == "size=100k,width=[100]");
  REQUIRE(comparison.answer->contrasts.size() == 2);
  CHECK(comparison.answer->contrasts[0].to == "10k");
  CHECK(comparison.answer->contrasts[1].to == "100k");
}

TEST_CASE("an imported run is judged by the epoch that the rule chooses, never by test") {
  const Place place;
  place.folder.write("runs.csv", table);
  place.says({"import", "csv", place.path("runs.csv"), "--study", "s", "--map", "val/acc=validation.accuracy",
              "--select", "validation.accuracy", "--db", place.path("a.db")});
  const Reader reader(place.path("a.db"));
  for (const RunRecord& run : reader.runs(1)) CHECK(run.best_epoch == (run.variant == "lr=0.1" ? 2 : 1));
  CHECK_THAT(
      place.says({"import", "csv", place.path("runs.csv"), "--study", "t", "--map",
                  "val/acc=validation.accuracy", "--select", "test.accuracy", "--db", place.path("a.db")}),
      Contains("which would choose by what is to be judged"));
}

TEST_CASE("what cannot be a study says what is missing") {
  const Place place;
  const auto refused = [&](const std::string& text, std::vector<std::string> more = {}) {
    place.folder.write("runs.csv", text);
    std::vector<std::string> arguments = {"import", "csv",  place.path("runs.csv"), "--study",
                                          "s",      "--db", place.path("a.db")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return place.says(arguments);
  };
  CHECK_THAT(refused("lr,rng,test.accuracy\n0.1,1,0.5\n", {"--seed", "sed"}),
             Contains("no parameter 'sed' that holds their seed"));
  CHECK_THAT(refused("lr,note,seed,test.accuracy\n0.1,a,1,0.5\n0.1,b,1,0.6\n", {"--factors", "lr"}),
             Contains("are both lr=0.1 under seed 1") && Contains("the settings that differ, here note"));
  CHECK_THAT(refused("lr,seed,test.accuracy\n0.1,1,0.5\n0.2,1,0.6\n"), Contains("has a single run"));
  CHECK_THAT(refused("lr,seed,test.accuracy\n0.1,one,0.5\n"), Contains("'one' is no seed"));
  CHECK_THAT(refused("lr,seed,test.accuracy\n0.1,,0.5\n"), Contains("has no seed"));
  CHECK_THAT(refused("lr,seed,test.accuracy\n0.1,1,high\n"),
             Contains("runs.csv:2:3: test.accuracy: found 'high'"));
  CHECK_THAT(refused("lr,seed,test.accuracy\n0.1,1\n"),
             Contains("runs.csv:2:1: found 2 fields, the header has 3"));
  CHECK_THAT(refused("lr,seed,test.bleu\n0.1,1,5\n0.1,2,5\n"), Contains("which way is better?"));
  CHECK_THAT(refused(table, {"--baseline", "lr=0.3", "--map", "val/acc=validation.accuracy"}),
             Contains("--baseline: no run has lr=0.3"));
  CHECK_FALSE(std::filesystem::exists(place.path("a.db")));
}

TEST_CASE("a map of names that no run has, or of two metrics to one, is refused") {
  const Place place;
  place.folder.write("runs.csv", table);
  const auto refused = [&](const std::vector<std::string>& maps) {
    std::vector<std::string> arguments = {"import", "csv",  place.path("runs.csv"), "--study",
                                          "s",      "--db", place.path("a.db")};
    for (const std::string& map : maps) arguments.insert(arguments.end(), {"--map", map});
    const std::string said = place.says(arguments);
    CHECK(place.code == 2);
    return said;
  };
  CHECK_THAT(refused({"val/ac=validation.accuracy"}),
             Contains("--map: no run has a metric 'val/ac'") && Contains("did you mean 'val/acc'?"));
  CHECK_THAT(refused({"val/acc=test.f1", "test.bleu=test.f1"}),
             Contains("--map: both val/acc and test.bleu would be test.f1"));
  CHECK_THAT(refused({"val/acc=test.f1", "val/acc=validation.f1"}),
             Contains("--map: val/acc is called both test.f1 and validation.f1"));
  CHECK_THAT(refused({"val/acc=test.accuracy"}),
             Contains("--map: val/acc would be test.accuracy, which the runs have already"));
  CHECK_FALSE(std::filesystem::exists(place.path("a.db")));
}

TEST_CASE("a column that changes from epoch to epoch is no factor unless it is called one") {
  const Place place;
  const auto says = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"import", "csv", place.path("runs.csv"), "--db", place.path("a.db")});
    return place.says(more);
  };
  // As of a trainer whose loss no --map names: each row has its own.
  place.folder.write(
      "runs.csv",
      "lr,seed,epoch,loss,test.accuracy\n0.1,1,1,0.9,0.1\n0.1,1,2,0.8,0.2\n0.1,2,1,0.91,0.1\n"
      "0.1,2,2,0.82,0.2\n0.2,1,1,0.7,0.3\n0.2,1,2,0.6,0.4\n0.2,2,1,0.71,0.3\n0.2,2,2,0.61,0.4\n");
  CHECK_THAT(says({"--study", "s"}),
             Contains("column 'loss' changes from epoch to epoch") && Contains("--map loss=validation.NAME"));
  CHECK(place.code == 2);
  CHECK_THAT(says({"--study", "s", "--map", "loss=validation.loss"}), Contains("s: 4 runs as 2 variants"));
  // One row a run, of the epoch that it came to: lr is a factor.
  place.folder.write("runs.csv",
                     "lr,seed,epoch,test.accuracy\n0.1,1,5,0.1\n0.1,2,7,0.2\n0.2,1,6,0.3\n0.2,2,7,0.4\n");
  CHECK_THAT(says({"--study", "t"}), Contains("t: 4 runs as 2 variants"));
}

TEST_CASE("what is exported for MLflow comes back with the same numbers, and the same bytes come out twice") {
  const Place place;
  place.folder.write("runs.csv", table);
  place.says({"import", "csv", place.path("runs.csv"), "--study", "s", "--map", "val/acc=validation.accuracy",
              "--metric", "test.bleu=up", "--db", place.path("a.db")});
  for (const char* out : {"one", "two"}) {
    place.says({"export", "mlflow", "s", "--out", place.path(out), "--db", place.path("a.db")});
    CHECK(place.code == exit_done);
    place.says({"export", "tensorboard", "s", "--out", place.path(std::string(out) + "tb"), "--db",
                place.path("a.db")});
    CHECK(place.code == exit_done);
  }
  CHECK(std::system(("diff -r " + place.path("onetb") + " " + place.path("twotb")).c_str()) == 0);
  CHECK(std::system(("diff -r -x meta.yaml " + place.path("one") + " " + place.path("two")).c_str()) == 0);
  CHECK_THAT(place.says({"import", "mlflow", place.path("one"), "--study", "back", "--metric", "test.bleu=up",
                         "--db", place.path("a.db")}),
             Contains("back: 4 runs as 2 variants"));
  const Reader reader(place.path("a.db"));
  for (const char* metric : {"test.accuracy", "test.bleu"}) {
    const Comparison before = collect(reader, "s", {{}, metric, 0.95}),
                     after = collect(reader, "back", {{}, metric, 0.95});
    for (std::size_t i = 0; i < 2; ++i)
      CHECK(primary(before, before.variants[i]).mean == primary(after, after.variants[i]).mean);
  }
}

TEST_CASE("a foreign file that is no database of MLflow is refused with what it lacks") {
  const Place place;
  place.folder.write("no.db",
                     "not a database at all, but long enough to be taken for one by its length only ......");
  CHECK_THAT(
      place.says({"import", "mlflow", place.path("no.db"), "--study", "s", "--db", place.path("a.db")}),
      Contains("cannot read") && Contains("no.db"));
  place.folder.write("runs.csv", table);
  place.says({"import", "csv", place.path("runs.csv"), "--study", "s", "--map", "val/acc=validation.accuracy",
              "--db", place.path("b.db")});
  CHECK_THAT(place.says({"import", "mlflow", place.path("b.db"), "--study", "s", "--db", place.path("a.db")}),
             Contains("has no column run_uuid in a table runs"));
}

TEST_CASE("runs that name no seed are numbered, and no report calls them paired") {
  const Place place;
  place.folder.write("runs.csv",
                     "lr,test.accuracy\n0.1,0.50\n0.2,0.60\n0.1,0.52\n0.2,0.64\n0.1,0.54\n0.2,0.68\n");
  CHECK_THAT(place.says({"import", "csv", place.path("runs.csv"), "--study", "mine", "--baseline", "lr=0.1",
                         "--db", place.path("a.db")}),
             Contains("the runs name no seed: they are numbered, and compared unpaired") &&
                 Contains("mine: 6 runs as 2 variants"));
  const Reader reader(place.path("a.db"));
  const Comparison comparison = collect(reader, "mine", {{}, "test.accuracy", 0.95});
  CHECK_FALSE(comparison.paired);
  CHECK_FALSE(comparison.answer);
  for (const VariantSummary& variant : comparison.variants) CHECK_FALSE(variant.difference);
  // Means 0.52 and 0.64, deviations 0.02 and 0.04: t = 0.12 / sqrt(0.0004 / 3 + 0.0016 / 3) = 4.6476.
  const auto rows = unpaired_rows(comparison);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].difference.difference == Approx(0.12));
  CHECK(rows[0].difference.t == Approx(4.6476).margin(1e-4));
  CHECK(rows[0].difference.degrees == Approx(2.9412).margin(1e-4));
  CHECK(unpaired_headline(comparison) ==
        "Unpaired: lr 0.2 is better than lr 0.1: +0.1200 in test.accuracy (3 against 3 runs).");
  place.says({"report", "mine", "--out", place.path("out"), "--db", place.path("a.db")});
  const std::string page = read_file(place.path("out/report.md"), 1 << 20);
  CHECK_THAT(page,
             Contains("Unpaired: lr 0.2 is better") && Contains("unpaired") && !Contains("paired by seed"));
  CHECK_THAT(place.says({"compare", "mine/lr=0.1", "mine/lr=0.2", "--db", place.path("a.db")}),
             Contains("the runs of study 'mine' are not paired"));
}

TEST_CASE("steps finer than epochs are counted, and the last value of an epoch is its own") {
  const Place place;
  place.folder.write(
      "runs.csv",
      "lr,seed,step,test.accuracy\n1,1,50,0.1\n1,1,100,0.2\n1,1,150,0.3\n1,1,200,0.4\n1,2,200,0.5\n");
  place.says({"import", "csv", place.path("runs.csv"), "--study", "s", "--step", "every:100", "--db",
              place.path("a.db")});
  const Reader reader(place.path("a.db"));
  const auto curve = reader.run_curves(1);
  REQUIRE(curve.size() == 2);
  CHECK(curve[0].epoch == 1);
  CHECK(curve[0].suite.accuracy == 0.2);
  CHECK(curve[1].epoch == 2);
  CHECK(curve[1].suite.accuracy == 0.4);
  for (const char* step : {"every:0", "every:x", "each:5"})
    CHECK_THAT(place.says({"import", "csv", place.path("runs.csv"), "--study", "t", "--step", step, "--db",
                           place.path("a.db")}),
               Contains("--step is epoch or every:N"));
}

TEST_CASE("runs that trained for other numbers of epochs than planned weaken the answer") {
  const Place place;
  std::string text = "lr,seed,epoch,test.accuracy\n";
  for (int seed = 1; seed <= 6; ++seed) {
    for (const int epoch : {1, 2, 3}) {
      text += fmt::format("0.1,{},{},{}\n", seed, epoch, 0.5 + 0.01 * epoch + 0.001 * (seed * 3 % 7));
      if (epoch < 3) text += fmt::format("0.2,{},{},{}\n", seed, epoch, 0.6 + 0.001 * (seed * 5 % 7));
    }
  }
  place.folder.write("runs.csv", text);
  place.says({"import", "csv", place.path("runs.csv"), "--study", "mine", "--baseline", "lr=0.1", "--db",
              place.path("a.db")});
  const Comparison comparison = collect(Reader(place.path("a.db")), "mine", {{}, "test.accuracy", 0.95});
  CHECK_THAT(fairness_warnings(comparison).front().text,
             Contains("other numbers of epochs than planned: 6 of 6 of lr=0.2 fewer"));
}

TEST_CASE("the factor that --baseline names is asked about, also where seeds are missing") {
  const Place place;
  std::string text = "batch,skip,seed,test.accuracy\n";
  for (int seed = 1; seed <= 7; ++seed) {
    for (const int batch : {16, 32}) {
      text += fmt::format("{},off,{},{}\n", batch, seed, 0.5 + 0.01 * (seed * 3 % 7));
      if (batch == 16 || seed < 7)
        text += fmt::format("{},on,{},{}\n", batch, seed, 0.52 + 0.011 * (seed * 3 % 7));
    }
  }
  place.folder.write("runs.csv", text);
  place.says({"import", "csv", place.path("runs.csv"), "--study", "mine", "--baseline", "skip=off", "--db",
              place.path("a.db")});
  const Reader reader(place.path("a.db"));
  CHECK_THAT(headline(collect(reader, "mine", {{}, "test.accuracy", 0.95})),
             Contains("skip: on is better than off"));
  place.says({"import", "csv", place.path("runs.csv"), "--study", "two", "--baseline", "skip=off,batch=16",
              "--db", place.path("a.db")});
  CHECK_THAT(headline(collect(Reader(place.path("a.db")), "two", {{}, "test.accuracy", 0.95})),
             Contains("skip: on is better than off"));
}

}  // namespace
