#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "ask/lexer.hpp"
#include "cli/complete.hpp"
#include "cli/says.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Runs of another tracker whose metrics have names that are no words of the language: two variants, two seeds, two
/// epochs.
struct Imported {
  Imported() {
    folder.write("runs.csv",
                 "lr,seed,step,test.accuracy,val/acc@1,top (5),and,it`s %\n"
                 "1,1,1,0.5,0.1,5,1,7\n1,1,2,0.5,0.3,6,1,7\n1,2,1,0.5,0.2,7,1,7\n1,2,2,0.5,0.4,8,1,7\n"
                 "2,1,1,0.6,0.6,5,1,7\n2,1,2,0.6,0.5,6,1,7\n2,2,1,0.6,0.8,7,1,7\n2,2,2,0.6,0.7,8,1,7\n");
    std::vector<std::string> words = {"import",       "csv",      (folder / "runs.csv").string(),
                                      "--study",      "odd",      "--metric",
                                      "val/acc@1=up", "--metric", "top (5)=down"};
    for (const char* name : {"val/acc@1", "top (5)", "and", "it`s %"})
      words.insert(words.end(), {"--map", fmt::format("{0}={0}", name)});
    const Said said = ask(words);
    INFO(said.err);
    REQUIRE(said.code == exit_done);
  }
  Said ask(std::vector<std::string> words) const {
    words.insert(words.end(), {"--db", (folder / "a.db").string()});
    return ablate_says(words);
  }
  Said runs(std::vector<std::string> words) const {
    words.insert(words.begin(), {"runs", "odd"});
    words.insert(words.end(), {"--format", "csv"});
    return ask(words);
  }
  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("a metric of any name is asked for in backticks, as a name in a condition, a key and a column",
          "[ask]") {
  const Imported odd;
  CHECK(odd.runs({"--where", "`val/acc@1` > 0.45 and not `top (5)` >= 8", "--columns", "seed,`val/acc@1`"})
            .out == "seed,val/acc@1\n1,0.5\n");
  CHECK(odd.runs({"--sort", "`val/acc@1`", "--columns", "`val/acc@1`"}).out ==
        "val/acc@1\n0.7\n0.5\n0.4\n0.3\n");
  CHECK(odd.runs({"--sort", "-`top (5)`,seed", "--columns", "`top (5)`,`it``s %`", "--limit", "1"}).out ==
        "top (5),it`s %\n8,7\n");
  CHECK(odd.runs({"--where", "lr = 2 and seed = 1", "--columns",
                  "best(`val/acc@1`),last(`val/acc@1`),at(`val/acc@1`, 1),first_epoch(`val/acc@1` < 0.55)"})
            .out ==
        "best(`val/acc@1`),last(`val/acc@1`),\"at(`val/acc@1`, 1)\",first_epoch(`val/acc@1` < 0.55)\n"
        "0.6,0.5,0.6,2\n");
  CHECK(odd.runs({"--where", "`status` = done and `and` = 1 and 0.35 <= `val/acc@1`", "--columns", "seed"})
            .out == "seed\n2\n1\n2\n");
  CHECK_THAT(odd.runs({"--by", "lr", "--columns", "`val/acc@1`"}).out,
             Contains("lr,runs,val/acc@1.n,val/acc@1.mean"));
}

TEST_CASE("a study's declared metrics are its usual columns, whatever they are called", "[ask]") {
  const Imported odd;
  CHECK_THAT(odd.runs({}).out, Contains(",selected,test.accuracy,top (5),val/acc@1,leaked\n"));
}

TEST_CASE("who asks for such a name otherwise is shown how it is written", "[ask]") {
  const Imported odd;
  CHECK_THAT(odd.runs({"--where", "val/acc@1 > 0.5"}).err,
             Contains("a name with such characters stands in backticks: `val/acc@1`"));
  for (const char* option : {"--columns", "--sort", "--by"})
    CHECK_THAT(odd.runs({option, "\"val/acc@1\""}).err, Contains("a name is written so: `val/acc@1`"));
  CHECK_THAT(odd.runs({"--where", "\"val/acc@1\" > 0.5"}).err, Contains("a name is written so: `val/acc@1`"));
  CHECK_THAT(odd.runs({"--columns", "best('val/acc@1')"}).err, Contains("best(`val/acc@1`)"));
  CHECK_THAT(odd.runs({"--columns", "`val/acc@2`"}).err,
             Contains("there is no name 'val/acc@2'") && Contains("did you mean '`val/acc@1`'?"));
  CHECK_THAT(odd.runs({"--columns", "best(`it``s %`)"}).err, Contains("max(`it``s %`) or min(`it``s %`)"));
  CHECK_THAT(odd.runs({"--where", "`val/acc@1 > 0.5"}).err, Contains("a backtick that is not closed"));
  CHECK_THAT(odd.runs({"--where", "status = `done`"}).err, Contains("there is no name 'done'"));
  CHECK_THAT(odd.runs({"--where", "`` = 1"}).err, Contains("an empty name"));
}

TEST_CASE("a name is written bare where it is a word of the language, else in backticks", "[ask]") {
  CHECK(ask::written_name("test.bleu") == "test.bleu");
  CHECK(ask::written_name("top-5") == "top-5");
  CHECK(ask::written_name("val/acc") == "`val/acc`");
  CHECK(ask::written_name("Not") == "`Not`");
  CHECK(ask::written_name("a`b") == "`a``b`");
  CHECK(ask::written_name("10") == "`10`");
  CHECK(ask::written_name("'x'") == "`'x'`");
}

TEST_CASE("completion offers the metrics of the database, in backticks where they need them", "[ask]") {
  const Imported odd;
  const auto offered = [&](const std::string& typed) {
    std::vector<std::string> words;
    for (const Offer& offer :
         complete({"runs", "odd", "--db", (odd.folder / "a.db").string(), "--where", typed}).offers)
      words.push_back(offer.word);
    return words;
  };
  CHECK(offered("seed = 1 and `val") == std::vector<std::string>{"seed = 1 and `val/acc@1`"});
  CHECK(offered("best(`top (") == std::vector<std::string>{"best(`top (5)`"});
  CHECK(offered("`val/acc@1` > 1 and `a") == std::vector<std::string>{"`val/acc@1` > 1 and `and`"});
  CHECK(offered("`it``s") == std::vector<std::string>{"`it``s %`"});
}
