#include <csignal>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/merge_support.hpp"
#include "store/new_file.hpp"
#include "store/reader.hpp"
#include "store/trained.hpp"
#include "support/file_size_limit.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("a different study of the same name is refused with what differs, or kept apart", "[merge]") {
  const Folder folder;
  const auto file = folder / "a.db", other = folder / "b.db";
  train(file, {});
  const auto before = contents(file);
  SECTION("other settings") {
    train(other, {.settings = "x: 2"});
    CHECK_THAT(merge_refusal(other, file), Contains("study 's' of") &&
                                               Contains("variant 'a': x: 1 -> x: 2") &&
                                               Contains("--keep-apart brings it in as 's (2)'"));
  }
  SECTION("no variant in common") {
    train(other, {.variants = {"c"}});
    CHECK_THAT(merge_refusal(other, file), Contains("no variant in common"));
  }
  SECTION("other stop rules") {
    train(other, {.rules = "halving: {first: 1}"});
    CHECK_THAT(merge_refusal(other, file), Contains("stop_rules"));
  }
  SECTION("other images") {
    train(other, {.seeds = {3}, .images = "others"});
    CHECK_THAT(merge_refusal(other, file),
               Contains("variant 'a': test images SHA-256 images test -> others test"));
  }
  CHECK((contents(file) == before));
  CHECK(merge(other, file, {.keep_apart = true}).stored_as == "s (2)");
  const auto both = contents(file);
  CHECK(fingerprint(file, "s (2)") == fingerprint(other));
  CHECK(merge(other, file).stored_as == "s (2)");  // it is known by now
  CHECK((contents(file) == both));
}

TEST_CASE("what cannot be merged is refused by what it is, and no file is made", "[merge]") {
  const Folder folder;
  const auto source = folder / "a.db", into = folder / "c.db";
  std::string said;
  SECTION("nothing there") { said = "there is no results file"; }
  SECTION("no database") {
    write_file(source, std::string(2000, 'x'));
    said = "is not a database";
  }
  SECTION("another program's") {
    execute(source, "CREATE TABLE song(title TEXT)");
    said = "another program's database";
  }
  SECTION("a newer schema") {
    train(source, {});
    execute(source, "PRAGMA user_version = 99");
    said = "made by a newer ablate";
  }
  SECTION("a database that was cut short") {
    train(source, {});
    execute(source, "PRAGMA wal_checkpoint(TRUNCATE)");
    const std::string whole = bytes(source);
    write_file(source, whole.substr(0, whole.size() / 2));
    said = "damaged";
  }
  SECTION("rows that break the schema") {
    train(source, {});
    execute(
        source,
        "PRAGMA ignore_check_constraints = ON; UPDATE epoch_metric SET split = 'all' WHERE split = 'test'");
    said = "holds rows that break the schema";
  }
  SECTION("a schema without our checks") {
    train(source, {});
    execute(
        source,
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = "
        "'epoch_metric'; PRAGMA writable_schema = RESET");
    execute(source, "UPDATE epoch_metric SET accuracy = 'text' WHERE run_id = 2");
    said = "table epoch_metric is not as ablate makes it";
  }
  SECTION("a run without its variant") {
    train(source, {});
    execute(source, "UPDATE run SET variant_id = 77 WHERE id = 2");
    said = "run 2 of";
  }
  SECTION("runs without a study") {
    train(source, {});
    execute(source, "UPDATE run SET study_id = 77 WHERE id = 2");
    said = "1 runs of";
  }
  SECTION("a view in a table's place") {
    train(source, {});
    execute(source,
            "DROP VIEW results; DROP VIEW curves; DROP TABLE confusion; CREATE VIEW confusion AS SELECT 1");
    said = "table confusion is not there";
  }
  const std::string message = merge_refusal(source, into);
  CHECK_THAT(message, Contains(said) && Contains(source.string()));
  CHECK_FALSE(std::filesystem::exists(into));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    CHECK(entry.path().filename().string().starts_with("a.db"));
}

TEST_CASE("a file is not merged into itself, nor are too many at once", "[merge]") {
  const Folder folder;
  train(folder / "a.db", {});
  CHECK_THAT(merge_refusal(folder / "a.db", folder / "a.db"), Contains("into itself"));
  const std::vector<Path> many(11, folder / "a.db");
  CHECK_THAT(refusal([&] { merge_files(many, folder / "c.db", {}, go_on); }), Contains("at most 10"));
}

TEST_CASE("an interrupted merge writes nothing", "[merge]") {
  const Folder folder;
  train(folder / "a.db", {});
  train(folder / "b.db", {.seeds = {9}});
  const std::atomic<bool> stop = true;
  CHECK(merge_files({folder / "a.db"}, folder / "c.db", {}, stop).interrupted);
  CHECK_FALSE(std::filesystem::exists(folder / "c.db"));
  const auto before = contents(folder / "b.db");
  CHECK(merge_files({folder / "a.db"}, folder / "b.db", {}, stop).interrupted);
  CHECK((contents(folder / "b.db") == before));
}

TEST_CASE("a full disk leaves the file as it was, and no new one", "[merge]") {
  const Folder folder;
  Trained much;
  for (std::int64_t seed = 3; seed <= 40; ++seed) much.seeds.push_back(seed);
  train(folder / "a.db", much);
  train(folder / "b.db", {.seeds = {99}});
  const auto before = contents(folder / "b.db");
  std::string into_new, into_old;
  {
    const FileSizeLimit full(100'000);
    into_new = merge_refusal(folder / "a.db", folder / "c.db");
    into_old = merge_refusal(folder / "a.db", folder / "b.db");
  }
  CHECK_THAT(into_new, Contains("c.db"));
  CHECK_THAT(into_old, Contains("b.db"));
  CHECK_FALSE(std::filesystem::exists(folder / "c.db"));
  CHECK((contents(folder / "b.db") == before));
}

TEST_CASE("what another program made in the meantime stays, and a merge into its name is refused",
          "[merge]") {
  const Folder folder;
  const auto into = folder / "c.db";
  NewFile file(into);
  train(file.part(), {});
  train(into, {.study = "other"});
  const auto before = contents(into);
  CHECK_THAT(refusal([&] { file.finish(); }),
             Contains("another program made " + into.string() + " meanwhile"));
  CHECK((contents(into) == before));
}

TEST_CASE("a merge begins with nothing that a killed one left, and takes it away", "[merge]") {
  const Folder folder;
  const auto into = folder / "c.db";
  train(folder / "a.db", {.seeds = {1}});
  const pid_t child = ::fork();
  if (child == 0) {
    const NewFile file(into);
    train(file.part(), {.study = "left"});
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  bool was_made = false;
  SECTION("into a file that is not there") {}
  SECTION("into one that somebody made meanwhile") { was_made = true; }
  if (was_made) train(into, {.seeds = {2}});
  const NewFile alive(folder / "d.db");
  write_file(alive.part(), std::string("in the making"));
  merge(folder / "a.db", into);
  CHECK(row(into, "SELECT name FROM study") == "s");
  CHECK(std::filesystem::exists(alive.part()));
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const std::string name = entry.path().filename();
    if (name.find(".part") != std::string::npos) names.push_back(name.substr(0, 9));
  }
  CHECK(names == std::vector<std::string>{"d.db.part"});
}

TEST_CASE("numbers that no metric can be are not merged, from whatever file", "[merge]") {
  const Folder folder;
  const auto file = folder / "a.db", source = folder / "b.db";
  train(source, {});
  for (const char* sql :
       {"UPDATE epoch_metric SET accuracy = 2 WHERE run_id = 1", "UPDATE run_metric SET kappa = -3"}) {
    execute(source, sql);
    CHECK_THAT(merge_refusal(source, file),
               Contains("b.db: table") && Contains("is beyond") && Contains("nothing was written"));
  }
}
