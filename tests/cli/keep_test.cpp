#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "cli/command.hpp"
#include "cli/says.hpp"
#include "store/store_support.hpp"
#include "store/trained.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Two seeds of two variants, trained without a network.
struct SmallFile {
  Folder folder;
  std::string file = (folder / "a.db").string();
  SmallFile() { train(folder / "a.db", {}); }
  Said says(std::vector<std::string> words) const {
    words.insert(words.end(), {"--db", file});
    return ablate_says(words);
  }
};

}  // namespace

TEST_CASE("halves of a study that were run into two files are, merged, the study: run finds nothing to do") {
  const Folder folder;
  const auto path = [&](const char* name) { return (folder / name).string(); };
  write_file(folder / "s.yaml",
             std::string("# Does the skip matter?\nstudy: small\n"
                         "data: {source: glyphs, train_images: 470, test_images: 94}\n"
                         "model: {hidden: [4]}\ntraining: {epochs: 2}\n"
                         "variants: {baseline: {model.skip: none}, grid: {model.skip: [none, "
                         "projection]}}\nseeds: 3\n"));
  const auto run = [&](const char* database, const char* seeds) {
    return ablate_says({"run", path("s.yaml"), "-j", "1", "--quiet", "--db", path(database), "--out",
                        path("report"), "--set", seeds});
  };
  REQUIRE(run("whole.db", "seeds=3").code == exit_done);
  REQUIRE(run("a.db", "seeds=[1,2]").code == exit_done);
  REQUIRE(run("b.db", "seeds=[3]").code == exit_done);
  const Said merged =
      ablate_says({"merge", path("a.db"), path("b.db"), "--into", path("c.db"), "--format", "csv"});
  CHECK(merged.code == exit_done);
  CHECK_THAT(merged.out, Contains("from,study,stored_as,new,advanced,there,taken,kept,planned\n") &&
                             Contains("a.db,small,small,4,0,0,0,0,0\n") &&
                             Contains("b.db,small,small,2,0,0,0,0,0\n"));
  CHECK(fingerprint(folder / "c.db", "small") == fingerprint(folder / "whole.db", "small"));
  const Said again = run("c.db", "seeds=3");
  CHECK(again.code == exit_done);
  CHECK(rows(folder / "c.db", "SELECT DISTINCT attempt FROM run") == std::vector<std::string>{"1"});
  for (const char* column : {"config", "config_sha256", "plan_sha256", "question"}) {
    const std::string sql = std::string("SELECT ") + column + " FROM study";
    CHECK(row(folder / "c.db", sql) == row(folder / "whole.db", sql));
  }
}

TEST_CASE("export writes a study as JSON to standard output or a file, and import reads it back") {
  const SmallFile small;
  const Said json = small.says({"export", "json", "s"});
  CHECK(nlohmann::json::parse(json.out)["format"] == "ablate study");
  const std::string file = (small.folder / "s.json").string(), other = (small.folder / "b.db").string();
  CHECK(small.says({"export", "json", "s", "--out", file}).out == file + "\n");
  CHECK(read_file(file, 1 << 20) == json.out);
  CHECK(ablate_says({"import", file, "--db", other, "--dry-run"}).err == "dry run: nothing was written\n");
  CHECK_FALSE(std::filesystem::exists(other));
  CHECK(ablate_says({"import", file, "--db", other}).code == exit_done);
  CHECK(fingerprint(other) == fingerprint(small.file));
  const Said wrong = small.says({"export", "jsno", "s"});
  CHECK(wrong.code == exit_wrong_request);
  CHECK_THAT(wrong.err, Contains("did you mean 'json'?"));
  CHECK_THAT(small.says({"export", "csv", "t"}).err, Contains("has no study 't'"));
}

TEST_CASE("merge needs a file to merge into, and knows two ways out of a conflict") {
  const SmallFile small;
  CHECK_THAT(ablate_says({"merge", small.file}).err, Contains("--into FILE is missing"));
  CHECK_THAT(ablate_says({"merge", "--into", small.file}).err, Contains("FILE... is missing"));
  CHECK_THAT(ablate_says({"merge", small.file, "--into", "x.db", "--on-conflict", "kep"}).err,
             Contains("--on-conflict is keep or take, not 'kep'") && Contains("did you mean 'keep'?"));
  const std::string other = (small.folder / "b.db").string();
  train(other, {.shift = 0.25});
  CHECK(ablate_says({"merge", other, "--into", small.file}).code == exit_wrong_request);
  const Said kept = ablate_says({"merge", other, "--into", small.file, "--on-conflict", "keep"});
  CHECK(kept.code == exit_done);
  CHECK_THAT(kept.err, Contains("kept: s/a/1: run "));
}

TEST_CASE("tag gives, takes and lists tags, of one run or of all that fit a condition") {
  const SmallFile small;
  CHECK(small.says({"tag", "s/a/1", "best", "paper"}).err == "run 1 (s/a/1): 2 tags added\n");
  CHECK(small.says({"tag", "s/a/1", "--format", "csv"}).out == "tag\nbest\npaper\n");
  CHECK(small.says({"tag", "--where", "seed = 2", "late"}).err == "2 runs fit: 2 tags added\n");
  CHECK(small.says({"tag", "--format", "csv"}).out == "tag,runs\nbest,1\nlate,2\npaper,1\n");
  CHECK(small.says({"tag", "1", "best", "--remove"}).err == "run 1 (s/a/1): 1 tag removed\n");
  CHECK_THAT(small.says({"tag", "1", "two words"}).err, Contains("cannot be a tag"));
  CHECK_THAT(small.says({"tag", "--where", "seed = 2"}).err, Contains("NAME is missing"));
  CHECK_THAT(small.says({"tag", "--where", "sed = 2", "x"}).err, Contains("seed"));
  const auto ids = [&](const std::string& where) {
    return small.says({"runs", "--where", where, "--columns", "id", "--format", "csv"}).out;
  };
  CHECK(ids("tag = late") == "id\n2\n4\n");
  CHECK(ids("tag <> late") == "id\n1\n3\n");
  CHECK(ids("tag in (late, paper)") == "id\n1\n2\n4\n");
  CHECK(ids("tag like 'pap%'") == "id\n1\n");
  CHECK(ids("tag is null") == "id\n3\n");
}

TEST_CASE("note writes on a run or a study and lists what was written") {
  const SmallFile small;
  CHECK(small.says({"note", "s/a/1", "looks odd"}).err == "noted on run 1 (s/a/1)\n");
  CHECK(small.says({"note", "s", "the first one"}).err == "noted on study 's'\n");
  CHECK_THAT(small.says({"note", "s"}).out, Contains("the first one") && !Contains("odd"));
  CHECK_THAT(small.says({"note", "1"}).out, Contains("looks odd"));
  CHECK_THAT(small.says({"show", "1"}).out, Contains("looks odd"));
  CHECK_THAT(
      small.says({"runs", "--where", "note like '%odd%'", "--columns", "id,note", "--format", "csv"}).out,
      Contains("1,looks odd"));
}

TEST_CASE("what was marked is in the file itself, not in the log beside it, when the command has ended") {
  const SmallFile small;
  REQUIRE(small.says({"tag", "1", "keep"}).code == exit_done);
  REQUIRE(small.says({"note", "1", "looks right"}).code == exit_done);
  const auto copy = small.folder / "copy.db";
  write_file(copy, read_file(small.file, 1 << 24));
  CHECK(rows(copy, "SELECT name FROM tag") == std::vector<std::string>{"keep"});
  CHECK(rows(copy, "SELECT text FROM note") == std::vector<std::string>{"looks right"});
}

TEST_CASE("a run beside a condition is refused, and so are notes and tags that are no UTF-8") {
  const SmallFile small;
  const Said both = small.says({"tag", "1", "x", "--where", "seed = 1"});
  CHECK(both.code == exit_wrong_request);
  CHECK_THAT(both.err, Contains("'1' is a run, and --where chooses runs too"));
  CHECK(small.says({"note", "1", "bad \xff"}).code == exit_wrong_request);
  CHECK(small.says({"tag", "1", "bad\xff"}).code == exit_wrong_request);
  CHECK(rows(small.file, "SELECT count(*) FROM tag, note") == std::vector<std::string>{"0"});
}

TEST_CASE("what is archived is left out of runs, which says so, and comes back") {
  const SmallFile small;
  const auto ids = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"runs", "--columns", "id", "--format", "csv"});
    return small.says(more);
  };
  CHECK_THAT(small.says({"archive", "2"}).err, Contains("run 2 (s/a/2) is archived"));
  CHECK(ids({}).out == "id\n1\n3\n4\n");
  CHECK(ids({}).err == "1 archived run is left out; --all shows it\n");
  CHECK(ids({"--all"}).out == "id\n1\n2\n3\n4\n");
  CHECK(ids({"--where", "archived"}).out == "id\n2\n");
  CHECK_THAT(small.says({"archive", "s"}).err, Contains("study 's' is archived"));
  CHECK_THAT(small.says({"archive", "s"}).err, Contains("was archived already"));
  CHECK_THAT(ids({}).err, Contains("4 archived runs are left out"));
  CHECK_THAT(small.says({"doctor"}).out, Contains("study s (archived)"));
  const std::string report = (small.folder / "report").string();
  CHECK(small.says({"report", "s", "--out", report}).code == exit_done);
  CHECK_THAT(read_file(report + "/report.md", 1 << 20),
             Contains("They are all archived: lists leave them out"));
  small.says({"archive", "s", "--undo"});
  small.says({"archive", "2", "--undo"});
  CHECK(ids({}).out == "id\n1\n2\n3\n4\n");
  CHECK_THAT(small.says({"archive", "nothing"}).err, Contains("has no run 'nothing'"));
}

TEST_CASE("gc says what it would remove and removes nothing without a yes") {
  const SmallFile small;
  CHECK_THAT(small.says({"gc"}).err, Contains("nothing to remove"));
  const Said said = small.says({"gc", "--weights", "--format", "csv"});
  CHECK_THAT(said.out, Contains("weights of runs,4,4,"));
  CHECK(said.err == "nothing was removed; --yes does it\n");
  CHECK(row(small.file, "SELECT count(*) FROM model") == "4");
  CHECK_THAT(small.says({"gc", "--weights", "--yes"}).err, Contains("removed; "));
  CHECK(row(small.file, "SELECT count(*) FROM model") == "0");
}

TEST_CASE("doctor names an older schema, and --migrate brings it up to date without a run") {
  const Folder folder;
  const std::string file = (folder / "old.db").string();
  execute(file, read_file(source_folder() / "tests/golden/store/schema_4.sql", 1 << 20));
  const auto says = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", file});
    return ablate_says(words);
  };
  CHECK_THAT(says({"doctor"}).out, Contains("schema version 4; this program reads") && Contains("--migrate"));
  CHECK_THAT(says({"runs"}).err, Contains("ablate doctor --migrate --db " + file));
  CHECK_THAT(says({"doctor", "--migrate"}).err, Contains(", was 4\n"));
  CHECK_THAT(says({"doctor", "--migrate"}).err, Contains(", as before\n"));
  CHECK(says({"runs"}).code == exit_done);
}
