#include "cli/complete.hpp"

#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/command.hpp"
#include "cli/command_shape.hpp"
#include "cli/shell_line.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::Equals;
using Catch::VectorContains;
using Texts = std::vector<std::string>;

namespace {

/// A database whose names hold what names may hold.
struct Results {
  Folder folder;
  std::string file = (folder / "a.db").string();
  Results() {
    Store store(file);
    store.plan(study_named("skip"), {variant_named("none"), variant_named("skip=none,hidden=64")},
               {1, 2, 10});
    store.plan(study_named("skip/deep"), {variant_named("a/b")}, {3});
    store.plan(study_named("two\nlines"), {variant_named("none")}, {1});
  }
};

Texts offered(const Texts& words) {
  Texts texts;
  for (const Offer& offer : complete(words).offers) texts.push_back(offer.word);
  return texts;
}

std::string answered(const Texts& arguments) {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  CHECK(complete_command(arguments, console) == 0);
  CHECK(err.str().empty());
  return out.str();
}

}  // namespace

TEST_CASE("the first word may be any command, and the hidden one is not offered") {
  const Texts all = offered({""});
  REQUIRE(all.size() == commands().size());
  CHECK(all.front() == "init");
  CHECK(offered({"complet"}) == Texts{"completion"});
  CHECK(offered({"--v"}) == Texts{"--version"});
  CHECK(offered({"nonsense", ""}).empty());
  CHECK(complete({}).offers.empty());
}

TEST_CASE("options are offered until they are given, those that repeat again and again") {
  CHECK(offered({"runs", "--l"}) == Texts{"--limit"});
  CHECK(offered({"runs", "--limit", "3", "--l"}).empty());
  CHECK(offered({"runs", "--limit=3", "--l"}).empty());
  CHECK(offered({"run", "a.yaml", "-j", "4", "--jo"}).empty());
  CHECK(offered({"run", "a.yaml", "--set", "seeds=1", "--set"}) == Texts{"--set"});
  CHECK(offered({"runs", "--", "--l"}).empty());
  CHECK_THAT(offered({"schema", ""}), VectorContains(std::string("--help")));
}

TEST_CASE("a value is what its option says: a format, split, metric, setting or file") {
  CHECK(offered({"runs", "--format", "m"}) == Texts{"markdown"});
  CHECK(offered({"runs", "--format=m"}) == Texts{"--format=markdown"});
  CHECK(offered({"export", "sq"}) == Texts{"sqlite"});
  CHECK(offered({"report", "x", "--format", "ht"}) == Texts{"html"});
  CHECK(offered({"merge", "a.db", "--on-conflict", ""}) == Texts{"keep", "take"});
  CHECK(complete({"merge", "a.db", "b.db", ""}).paths == PathOffer::files);
  CHECK(offered({"query", "best_"}) == Texts{"best_per_study"});
  CHECK(offered({"export", "predictions", "1", "--format", ""}) == Texts{"csv", "json"});
  CHECK(offered({"export", "predictions", "1", "--split", "v"}) == Texts{"validation"});
  CHECK(offered({"data", "fetch", "emnist", "--split", "by"}) == Texts{"byclass", "bymerge"});
  CHECK(offered({"report", "x", "--metric", "test.acc"}) == Texts{"test.accuracy"});
  CHECK(offered({"run", "a.yaml", "--set", "model.act"}) == Texts{"model.activation="});
  CHECK(offered({"run", "a.yaml", "--set", "model.activation=le"}) == Texts{"model.activation=leaky_relu"});
  CHECK(offered({"run", "a.yaml", "--set", "training.shuffle="}) ==
        Texts{"training.shuffle=true", "training.shuffle=false"});
  CHECK(offered({"run", "a.yaml", "--set", "data.train_on=[t"}) ==
        Texts{"data.train_on=[train]", "data.train_on=[test]"});
  CHECK(offered({"run", "a.yaml", "--set", "training.early_stopping.monitor=train.mc"}) ==
        Texts{"training.early_stopping.monitor=train.mcc"});
  CHECK(offered({"runs", "--limit", ""}).empty());
  CHECK(offered({"runs", "--columns", "run,test.acc"}) == Texts{"run,test.accuracy"});
  CHECK(offered({"runs", "--sort", "-best"}) == Texts{"-best("});
  CHECK(offered({"runs", "--where", "skip = none and test.acc"}) == Texts{"skip = none and test.accuracy"});
  CHECK(offered({"runs", "--where", "not (status != d"}) ==
        Texts{"not (status != done", "not (status != diverged"});
  CHECK(offered({"runs", "--where", "model.skip=p"}) == Texts{"model.skip=projection"});
  CHECK(complete({"runs", "--db", ""}).paths == PathOffer::files);
  CHECK(complete({"report", "x", "--out", ""}).paths == PathOffer::folders);
  CHECK(complete({"run", ""}).paths == PathOffer::study_files);
  CHECK(complete({"data", "check", ""}).paths == PathOffer::study_files);
  CHECK(offered({"data", "check", "gl"}) == Texts{"glyphs"});
  CHECK(offered({"data", "pre"}) == Texts{"preview"});
  CHECK(offered({"completion", ""}) == Texts{"bash", "fish", "zsh"});
  CHECK(offered({"help", "metr"}) == Texts{"metrics"});
  CHECK(complete({"run", "a.yaml", "--near", ""}).paths == PathOffer::study_files);  // CLUSTER.yaml
}

TEST_CASE("studies and runs come from the database that the line names, a run part by part") {
  const Results results;
  CHECK(offered({"report", "--db", results.file, ""}) == Texts{"skip", "skip/deep"});
  CHECK(offered({"report", "--db=" + results.file, "skip/"}) == Texts{"skip/deep"});
  CHECK(offered({"--db", results.file, "report", ""}) == Texts{"skip", "skip/deep"});
  CHECK(offered({"show", "--db", results.file, "sk"}) == Texts{"skip/", "skip/deep/"});
  CHECK(offered({"show", "--db", results.file, "skip/s"}) == Texts{"skip/skip=none,hidden=64/"});
  CHECK(offered({"show", "--db", results.file, "skip/deep/"}) == Texts{"skip/deep/a/b/"});
  CHECK(offered({"show", "--db", results.file, "skip/deep/a/b/"}) == Texts{"skip/deep/a/b/3"});
  CHECK(offered({"show", "--db", results.file, "skip/none/1"}) == Texts{"skip/none/1", "skip/none/10"});
  CHECK(offered({"show", "--db", results.file, "skip/none/x"}).empty());
  CHECK(offered({"archive", "--db", results.file, "sk"}) ==
        Texts{"skip", "skip/deep", "skip/", "skip/deep/"});
  execute(results.file, "INSERT INTO tag(run_id, name) VALUES (1, 'best'), (2, 'best'), (2, 'worst')");
  CHECK(offered({"report", "--db", results.file, "skip", "skip/"}) == Texts{"skip/deep"});
  CHECK(offered({"report", "--db", results.file, "skip", "--variants", "n"}) == Texts{"none"});
  CHECK(offered({"compare", "--db", results.file, "skip/no"}) == Texts{"skip/none"});
  CHECK(offered({"compare", "--db", results.file, "--study", "skip", "no"}) == Texts{"none"});
  CHECK(offered({"tag", "--db", results.file, "1", "x", "be"}) == Texts{"best"});
}

TEST_CASE(
    "where there is no database, or something else under its name, nothing is offered and nothing is said") {
  const Folder folder;
  write_file(folder / "text.db", std::string(2000, 'x'));
  for (const std::string& file :
       {(folder / "none.db").string(), (folder / "text.db").string(), folder.path().string()})
    CHECK(answered({"--", "report", "--db", file, ""}) == "none\n");
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
}

TEST_CASE("a database that another program keeps to itself costs a moment and no names") {
  const Results results;
  execute(results.file, "PRAGMA journal_mode = DELETE");
  SQLite::Database other(results.file, SQLite::OPEN_READWRITE);
  other.exec("BEGIN EXCLUSIVE");
  CHECK(answered({"--", "report", "--db", results.file, ""}) == "none\n");
  other.exec("COMMIT");
  CHECK(answered({"--", "report", "--db", results.file, "skip/"}) == "none\nskip/deep\n");
}

TEST_CASE("no question makes completion fail or speak") {
  for (const Texts& odd :
       {Texts{}, Texts{"--"}, Texts{"--line"}, Texts{"--line", "ablate", "--breaks", ""},
        Texts{"--line", "", "--breaks", "="}, Texts{"--help"}, Texts{"x", "y"},
        Texts{"--", "run", "--set", "=", "=", ""}, Texts{"--line", "ablate run '\\", "--breaks", "'"},
        Texts{"--", "complete", ""}, Texts{"--", "--db", "\xff\n", ""}}) {
    CHECK(answered(odd).size() < 20'000);
  }
}

TEST_CASE("an answer is the paths wanted, then one word per line with what it is about") {
  CHECK(answered({"--", "schema", "--h"}) == "none\n--help\tshow this and stop\n");
  CHECK(answered({"--", "plan", "x"}) == "study_files\n");
}

TEST_CASE("bash is told the end of the word that it replaces, quoted as the line is") {
  const Results results;
  const auto bash = [&](const std::string& line) {
    return answered({"--line", line, "--breaks", " \t\n\"'><=;|&(:"});
  };
  const std::string show = "ablate show --db " + results.file + " ";
  CHECK(bash(show + "skip/s") == "none\nskip/skip=none,hidden=64/\n");
  CHECK(bash(show + "skip/skip=n") == "none\nnone,hidden=64/\n");
  CHECK(bash(show + "'skip/skip=n") == "none\nskip/skip=none,hidden=64/\n");
  CHECK(bash(show + "skip/skip\\=n") == "none\nskip/skip=none,hidden=64/\n");
  CHECK(bash("ablate runs --format=m") == "none\nmarkdown\n");
  CHECK(bash("ablate runs --format m") == "none\nmarkdown\n");
  CHECK(bash("ablate") == "");
}

TEST_CASE("a line of bash is split as bash would, up to a quote that is still open") {
  const std::string breaks = " \t\n\"'><=;|&(:";
  const auto words = [&](const std::string& line) { return read_shell_line(line, breaks).words; };
  CHECK(words("") == Texts{""});
  CHECK(words("a  b ") == Texts{"a", "b", ""});
  CHECK(words("a\\ b 'c d' \"e\\\"f\" g'h'i") == Texts{"a b", "c d", "e\"f", "ghi"});
  CHECK(words("a '' ''b") == Texts{"a", "", "b"});
  CHECK(words("a \"\\x\" '\\'") == Texts{"a", "\\x", "\\"});
  CHECK(read_shell_line("a 'b c", breaks).quote == '\'');
  CHECK(read_shell_line("a x'b c", breaks).kept == "x");
  CHECK(read_shell_line("a b=c:d", breaks).kept == "b=c:");
  CHECK(read_shell_line("a 'b=c'", breaks).kept.empty());
  CHECK(read_shell_line("a b=c d", breaks).kept.empty());
}

TEST_CASE("what bash gets is quoted for where it will stand") {
  const std::string word = "it's \"a\" $x";
  CHECK(quoted_end({{""}, "", 0}, word) == "it\\'s\\ \\\"a\\\"\\ \\$x");
  CHECK(quoted_end({{""}, "it", '\''}, word) == "'\\''s \"a\" $x");
  CHECK(quoted_end({{""}, "it", '"'}, word) == "'s \\\"a\\\" \\$x");
}

TEST_CASE("every value that a command takes is of a kind that completion knows") {
  for (const Command& command : commands()) {
    const CommandShape shape = shape_of(command);
    for (const OptionShape& option : shape.options) {
      CAPTURE(command.name, option.name, option.placeholder);
      CHECK((option.placeholder.empty() || value_kind(option.placeholder).has_value()));
      CHECK_FALSE(option.help.empty());
    }
    for (const WordShape& word : shape.words) {
      CAPTURE(command.name, word.name);
      CHECK(value_kind(word.name).has_value());
    }
  }
}
