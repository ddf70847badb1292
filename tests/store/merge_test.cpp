#include "store/merge.hpp"

#include <csignal>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.hpp"
#include "store/marks.hpp"
#include "store/new_file.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"
#include "store/trained.hpp"
#include "support/file_size_limit.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

using Path = std::filesystem::path;
const std::atomic<bool> go_on = false;

MergedStudy merge(const Path& source, const Path& into, const MergeOptions& options = {}) {
  return merge_files({source}, into, options, go_on).studies.at(0);
}

std::string merge_refusal(const Path& source, const Path& into, const MergeOptions& options = {}) {
  return refusal([&] { merge(source, into, options); });
}

/// What a run is known by and how far it came.
std::vector<std::string> runs_in(const Path& file) {
  return rows(
      file,
      "SELECT study.name, variant.name, seed, status, epochs_done FROM run JOIN variant ON variant.id = "
      "variant_id JOIN study ON study.id = run.study_id ORDER BY 1, 2, 3");
}

std::string bytes(const Path& file) { return read_file(file, 1 << 24); }

}  // namespace

TEST_CASE("two halves of a study merged are the study trained in one file, to the last row", "[merge]") {
  const Folder folder;
  const auto whole = folder / "whole.db", into = folder / "c.db";
  train(folder / "a.db", {.seeds = {1, 2}});
  train(folder / "b.db", {.seeds = {3}});
  train(whole, {.seeds = {1, 2, 3}});
  const MergeReport report = merge_files({folder / "a.db", folder / "b.db"}, into, {}, go_on);
  CHECK(report.studies[0].runs_new == 4);
  CHECK(report.studies[1].runs_new == 2);
  CHECK(fingerprint(into) == fingerprint(whole));
  CHECK(contents(into).size() == contents(whole).size());
  const StudyRecord study = Reader(into).study("s"), other = Reader(whole).study("s");
  CHECK(study.config == other.config);
  CHECK(study.config_sha256 == other.config_sha256);
  CHECK(study.plan_sha256 == other.plan_sha256);
  CHECK(Reader(into).faults().empty());
}

TEST_CASE("a file that is merged into a new one is the same there, to the last bit of every table",
          "[merge]") {
  const Folder folder;
  train(folder / "a.db", {});
  execute(
      folder / "a.db",
      "UPDATE study SET question = 'it''s \"<b>\" ' || char(10, 0, 55357); INSERT INTO note VALUES (1, 'u', "
      "1, "
      "NULL, 'of the study', 't'), (2, 'v', NULL, 1, 'of a run', 't'); INSERT INTO tag VALUES (1, 'best')");
  merge(folder / "a.db", folder / "c.db");
  CHECK((contents(folder / "c.db") == contents(folder / "a.db")));
  CHECK(rows(folder / "c.db", "SELECT uuid, started_at FROM run") ==
        rows(folder / "a.db", "SELECT uuid, started_at FROM run"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) <= 6);  // nothing is left over
}

TEST_CASE("merging again changes nothing", "[merge]") {
  const Folder folder;
  train(folder / "a.db", {.seeds = {1, 2}});
  train(folder / "b.db", {.seeds = {2, 3}, .epochs = 2, .done = false});
  const auto into = folder / "c.db";
  const auto all = [&] { return merge_files({folder / "a.db", folder / "b.db"}, into, {}, go_on); };
  all();
  const auto before = contents(into);
  const auto uuids = rows(into, "SELECT uuid FROM run");
  const MergeReport again = all();
  CHECK(again.studies[0].runs_same == 4);
  CHECK(again.studies[1].runs_same == 4);
  CHECK((contents(into) == before));
  CHECK(rows(into, "SELECT uuid FROM run") == uuids);
}

TEST_CASE("a source is only read", "[merge]") {
  const Folder folder;
  train(folder / "a.db", {});
  const std::string before = bytes(folder / "a.db");
  merge(folder / "a.db", folder / "c.db");
  CHECK(bytes(folder / "a.db") == before);
}

TEST_CASE("of one run the state that holds the other's epochs and more wins, whichever comes in", "[merge]") {
  const Folder folder;
  const auto less = folder / "less.db", more = folder / "more.db";
  train(less, {.seeds = {1}, .variants = {"a"}, .epochs = 2, .done = false});
  train(more, {.seeds = {1}, .variants = {"a"}});
  SECTION("the source is ahead") {
    CHECK(merge(more, less).runs_advanced == 1);
    CHECK((contents(less) == contents(more)));
    CHECK(row(less, "SELECT count(*) FROM checkpoint") == "0");
  }
  SECTION("the file is ahead") {
    const auto before = contents(more);
    CHECK(merge(less, more).runs_same == 1);
    CHECK((contents(more) == before));
  }
  SECTION("a run that is only planned gives way to a run, uuid and all") {
    train(folder / "plan.db", {.seeds = {1}, .variants = {"a"}, .epochs = 0});
    CHECK(merge(more, folder / "plan.db").runs_new == 1);
    CHECK(row(folder / "plan.db", "SELECT uuid FROM run") == row(more, "SELECT uuid FROM run"));
    CHECK(merge(folder / "plan.db", more).runs_same == 1);
  }
}

TEST_CASE("a run that a worker has elsewhere comes in as interrupted, with its checkpoint", "[merge]") {
  const Folder folder;
  train(folder / "a.db", {.seeds = {1}, .variants = {"a"}, .epochs = 2, .done = false});
  execute(folder / "a.db", "UPDATE run SET status = 'running', lease_until = 9e9");
  merge(folder / "a.db", folder / "c.db");
  CHECK(row(folder / "c.db", "SELECT status, lease_until FROM run") == "interrupted|");
  CHECK(row(folder / "c.db", "SELECT count(*) FROM checkpoint") == "1");
}

TEST_CASE("different results of one run are a conflict that is named, and nothing is written", "[merge]") {
  const Folder folder;
  const auto file = folder / "c.db", other = folder / "other.db";
  train(file, {.seeds = {1, 2}});
  train(other, {.seeds = {2, 3}, .shift = 0.5});
  const auto before = contents(file);
  CHECK_THAT(merge_refusal(other, file),
             Contains("2 runs have namesakes of other results") && Contains("s/a/2: run ") &&
                 Contains("test.accuracy after epoch 1 is 0.521 and 0.021") &&
                 Contains("nothing was written") && Contains("--on-conflict keep"));
  CHECK((contents(file) == before));
  SECTION("keep leaves the file's own and takes what does not clash") {
    const MergedStudy merged = merge(other, file, {.on_conflict = OnConflict::keep});
    CHECK(merged.runs_kept == 2);
    CHECK(merged.runs_new == 2);
    CHECK(runs_in(file).size() == 6);
    CHECK(row(file,
              "SELECT max(accuracy) < 0.5 FROM epoch_metric JOIN run ON run.id = run_id WHERE seed < 3") ==
          "1");
  }
  SECTION("take replaces them, with their uuid") {
    CHECK(merge(other, file, {.on_conflict = OnConflict::take}).runs_taken == 2);
    CHECK(rows(file, "SELECT uuid FROM run WHERE seed = 2 ORDER BY uuid") ==
          rows(other, "SELECT uuid FROM run WHERE seed = 2 ORDER BY uuid"));
    CHECK(Reader(file).faults().empty());
  }
}

TEST_CASE("merging says where runs are of different arithmetic", "[merge]") {
  const Folder folder;
  const auto file = folder / "c.db", other = folder / "other.db";
  train(file, {.seeds = {1}});
  train(other, {.seeds = {1}, .shift = 1e-9});
  execute(other, "UPDATE run SET numbers = NULL");
  CHECK_THAT(merge_refusal(other, file),
             Contains("(computed by numbers versions 1 and 2, whose bits differ)"));
  const auto later = folder / "later.db";
  train(later, {.seeds = {2}});
  execute(later, "UPDATE run SET numbers = 1");
  const MergedStudy merged = merge(later, file);
  CHECK(merged.runs_new == 2);
  REQUIRE(merged.remarks.size() == 1);
  CHECK_THAT(merged.remarks.at(0), Contains("computed by numbers versions 1 and 2"));
}

TEST_CASE("a done run is no beginning of a longer one", "[merge]") {
  const Folder folder;
  train(folder / "a.db", {.seeds = {1}, .variants = {"a"}, .epochs = 2});
  train(folder / "b.db", {.seeds = {1}, .variants = {"a"}, .epochs = 3, .done = false});
  CHECK_THAT(merge_refusal(folder / "b.db", folder / "a.db"),
             Contains("3 epochs and 2, and the shorter one is done"));
}

TEST_CASE("done runs that differ in the selected epoch, a class or a count are a conflict", "[merge]") {
  const Folder folder;
  const auto file = folder / "a.db", other = folder / "b.db";
  train(file, {.seeds = {1}, .variants = {"a"}});
  train(other, {.seeds = {1}, .variants = {"a"}});
  const auto [sql, said] = GENERATE(table<std::string, std::string>(
      {{"UPDATE run SET best_epoch = 2", "the selected epoch is 2 and 3"},
       {"UPDATE class_metric SET support = 4 WHERE class = 0", "their rows of class_metric differ"},
       {"DELETE FROM confusion WHERE predicted = 0", "their rows of confusion differ"},
       {"UPDATE run_metric SET ece = NULL WHERE split = 'test'", "their rows of run_metric differ"},
       {"UPDATE epoch SET gradient_norm = 3 WHERE epoch = 2", "learning rates or gradients differ"},
       {"DELETE FROM epoch_metric WHERE split = 'train' AND epoch = 1", "one lacks a split or an epoch"},
       {"UPDATE run SET status = 'diverged'", "one is diverged, the other done"}}));
  execute(other, sql);
  CHECK_THAT(merge_refusal(other, file), Contains(said));
}

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

TEST_CASE("the plan of two parts is that of both together, and runs that neither has are planned",
          "[merge]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {.seeds = {1, 2}, .variants = {"a", "b"}});
  train(folder / "b.db", {.seeds = {3}, .variants = {"b", "c"}});
  CHECK(merge(folder / "b.db", file).runs_planned == 3);
  CHECK(runs_in(file) == std::vector<std::string>{"s|a|1|done|3", "s|a|2|done|3", "s|a|3|planned|0",
                                                  "s|b|1|done|3", "s|b|2|done|3", "s|b|3|done|3",
                                                  "s|c|1|planned|0", "s|c|2|planned|0", "s|c|3|done|3"});
  CHECK_THAT(Reader(file).study("s").config, Contains("seeds: [1, 2, 3]"));
  CHECK(row(file, "SELECT count(*) FROM variant WHERE is_baseline") == "1");
}

TEST_CASE("tags and notes of both sides are put together, once", "[merge]") {
  const Folder folder;
  const auto file = folder / "a.db", other = folder / "b.db";
  train(other, {.seeds = {1}});
  merge(other, file);
  const std::vector<std::int64_t> run = {1};
  const std::vector<std::string> here = {"here"}, there = {"there"};
  Marks(file).tag(run, here);
  Marks(other).tag(run, there);
  Marks(other).note_run(1, "of the run");
  Marks(other).note_study(1, "of the study");
  merge(other, file);
  merge(other, file);
  CHECK(row(file, "SELECT tags, notes FROM results WHERE run_id = 1") == "here, there|of the run");
  CHECK(row(file, "SELECT text FROM note WHERE study_id = 1") == "of the study");
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

TEST_CASE("a dry run says what would come and writes nothing", "[merge]") {
  const Folder folder;
  train(folder / "a.db", {});
  train(folder / "b.db", {.seeds = {9}});
  const MergeOptions dry{.dry_run = true};
  CHECK(merge(folder / "a.db", folder / "c.db", dry).runs_new == 4);
  CHECK_FALSE(std::filesystem::exists(folder / "c.db"));
  const auto before = contents(folder / "b.db");
  CHECK(merge(folder / "a.db", folder / "b.db", dry).runs_new == 4);
  CHECK((contents(folder / "b.db") == before));
}

TEST_CASE("runs of a variant that became another one in a copy do not land under the old name", "[merge]") {
  const Folder folder;
  const auto ours = folder / "ours.db", copy = folder / "copy.db";
  train(ours, {.seeds = {1}, .variants = {"a"}, .epochs = 0});
  std::filesystem::copy_file(ours, copy);
  train(copy, {.seeds = {1}, .variants = {"a"}, .settings = "x: 2"});
  SECTION("as planning anew makes it") {
    CHECK(row(copy, "SELECT uuid FROM run") != row(ours, "SELECT uuid FROM run"));
  }
  SECTION("as earlier versions, or a stranger, made it") {
    execute(copy, fmt::format("UPDATE run SET uuid = '{}'", row(ours, "SELECT uuid FROM run")));
  }
  CHECK_THAT(merge_refusal(copy, ours), Contains("--keep-apart"));
  for (int time = 0; time < 2; ++time) {
    merge(copy, ours, {.keep_apart = true});
    CHECK(runs_in(ours) == std::vector<std::string>{"s|a|1|planned|0", "s (2)|a|1|done|3"});
    CHECK(row(ours, "SELECT count(DISTINCT uuid) FROM run") == "2");
  }
}

TEST_CASE("a run with another run's uuid keeps that one's results apart", "[merge]") {
  const Folder folder;
  const auto ours = folder / "ours.db", stranger = folder / "stranger.db";
  train(ours, {.seeds = {1, 2}, .variants = {"a"}});
  train(stranger, {.seeds = {1, 2}, .variants = {"a"}, .epochs = 4});
  const std::string uuid = row(ours, "SELECT uuid FROM run WHERE seed = 2");
  execute(ours, "UPDATE run SET status = 'interrupted'");
  execute(stranger, fmt::format("UPDATE run SET uuid = '{}' WHERE seed = 1", uuid));
  CHECK(merge(stranger, ours).runs_advanced == 2);
  CHECK(rows(ours, "SELECT seed, epochs_done FROM run ORDER BY seed") ==
        std::vector<std::string>{"1|4", "2|4"});
  CHECK(row(ours, "SELECT count(DISTINCT uuid) FROM run") == "2");
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
