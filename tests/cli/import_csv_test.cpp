#include <filesystem>

#include <catch2/catch.hpp>

#include "cli/imported_study.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

struct Table : ImportedStudy {
  explicit Table(const std::string& text) { folder.write("runs.csv", text); }
  test::Said import(const std::vector<std::string>& more = {}) const {
    return ImportedStudy::import("csv", {(folder / "runs.csv").string()}, more);
  }
};

}  // namespace

TEST_CASE("two columns of CSV with one name are refused with both places, as either could be meant") {
  const test::Said metrics =
      Table("v,seed,acc,acc\na,1,.5,3.2\na,2,.6,3.3\n").import({"--map", "acc=test.accuracy"});
  CHECK(metrics.code == exit_wrong_request);
  CHECK_THAT(metrics.err,
             Contains("runs.csv:1:4: columns 3 and 4 are both 'acc'") && Contains("give it another name"));
  CHECK_THAT(Table("v,v,seed,test.accuracy\na,b,1,.5\na,b,2,.6\n").import().err,
             Contains("runs.csv:1:2: columns 1 and 2 are both 'v'"));
  CHECK_THAT(Table("epoch,step,val_loss,valid_loss,test_acc\n1,1,1,2,.5\n").import().err,
             Contains("runs.csv:1:4: columns 3 and 4 are both 'validation.loss'"));
}

TEST_CASE("a quoted field of CSV may have line breaks, and a row is told by the line where it begins") {
  const Table table(
      "v,seed,note,test.accuracy\r\na,1,\"first\r\n\r\nand \"\"second\"\"\",.5\r\na,2,\"\",.6\r\n");
  CHECK_THAT(table.import({"--factors", "v"}).err, Contains("s: 2 runs as 1 variant"));
  CHECK(table.runs("seed,test.accuracy") == "seed,test.accuracy\n1,0.5\n2,0.6\n");
  CHECK_THAT(Table("v,seed,note,test.accuracy\na,1,\"x\ny\",.5\na\n").import().err,
             Contains("runs.csv:4:1: found 1 field, the header has 4"));
  CHECK_THAT(Table("v,seed,note,test.accuracy\na,1,\"x\ny\",.5\na,2,\"x,.5\na,3,,.5\n").import().err,
             Contains("runs.csv:4:1: a quote of this row is not closed"));
  std::string endless = "v,seed,note,test.accuracy\na,1,\"";
  for (int line = 0; line < 20'000; ++line)
    endless += "a line of a note that never comes to an end, not even here\n";
  const test::Said said = Table(endless).import();
  CHECK(said.code == exit_wrong_request);
  CHECK_THAT(said.err, Contains("runs.csv:2:1: a row of more than 1 MiB"));
}

TEST_CASE("with --seed none the column called seed makes no variants, unless --factors names it") {
  const Table table("v,seed,test.accuracy\na,0,.5\na,1,.6\nb,0,.6\nb,1,.7\n");
  CHECK_THAT(table.import({"--seed", "none"}).err,
             Contains("--seed none: they are numbered, and compared unpaired") &&
                 Contains("s: 4 runs as 2 variants"));
  CHECK(table.runs("variant,seed") == "variant,seed\nv=a,1\nv=a,2\nv=b,1\nv=b,2\n");
  std::filesystem::remove(table.database());
  CHECK_THAT(table.import({"--seed", "none", "--factors", "seed"}).err, Contains("s: 4 runs as 2 variants"));
  CHECK(table.runs("variant,seed") == "variant,seed\nseed=0,1\nseed=0,2\nseed=1,1\nseed=1,2\n");
}

TEST_CASE(
    "CSV without a column that is known for a metric is asked for one, and a metric of test comes first") {
  const test::Said said = Table("v,seed,acc\na,1,.5\na,2,.6\n").import();
  CHECK(said.code == exit_wrong_request);
  CHECK_THAT(said.err, Contains("no column is a metric: none begins with train., validation. or test.") &&
                           Contains("--map COLUMN=test.NAME") && Contains("there are acc, seed, v"));
  CHECK_THAT(Table("v,seed,epoch,step,test_acc,val_loss\na,1,0,9,.5,1\na,2,0,9,.6,1\n").import().err,
             Contains("try: --metric test.acc=up, or =down; there are test.acc, validation.loss"));
}
