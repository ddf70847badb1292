#include <catch2/catch.hpp>

#include "cli/says.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

struct Table {
  explicit Table(const std::string& text) { folder.write("runs.csv", text); }
  std::string database() const { return (folder / "a.db").string(); }
  test::Said import(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"import", "csv",     (folder / "runs.csv").string(), "--study", "s",
                                      "--db",   database()};
    words.insert(words.end(), more.begin(), more.end());
    return ablate_says(words);
  }
  std::string runs(const std::string& columns) const {
    return ablate_says({"runs", "s", "--columns", columns, "--db", database(), "--format", "csv"}).out;
  }
  TemporaryFolder folder;
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
