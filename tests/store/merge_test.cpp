#include "store/merge.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "store/marks.hpp"
#include "store/merge_support.hpp"
#include "store/reader.hpp"
#include "store/trained.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

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
  SECTION("keep mixes nothing of the other run into it") {
    execute(file, "DELETE FROM prediction; DELETE FROM model");
    merge(other, file, {.on_conflict = OnConflict::keep});
    for (const std::string table : {"prediction", "model"})
      CHECK(rows(file, "SELECT DISTINCT seed FROM run JOIN " + table + " ON run_id = id") ==
            std::vector<std::string>{"3"});
  }
  SECTION("take replaces them, with their uuid") {
    CHECK(merge(other, file, {.on_conflict = OnConflict::take}).runs_taken == 2);
    CHECK(rows(file, "SELECT uuid FROM run WHERE seed = 2 ORDER BY uuid") ==
          rows(other, "SELECT uuid FROM run WHERE seed = 2 ORDER BY uuid"));
    CHECK(Reader(file).faults().empty());
  }
}

TEST_CASE("of equal runs the predictions come in that one file alone has", "[merge]") {
  const Folder folder;
  const auto file = folder / "a.db", other = folder / "b.db";
  train(file, {});
  train(other, {});
  const auto all = contents(file);
  execute(file, "DELETE FROM prediction; DELETE FROM truth");
  CHECK(merge(other, file).runs_same == 4);
  CHECK((contents(file) == all));
  execute(other, "DELETE FROM prediction");
  merge(other, file);
  CHECK((contents(file) == all));
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

TEST_CASE("a done run is not the beginning of a longer one", "[merge]") {
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
       {"UPDATE prediction SET classes = x'01010101'", "their predictions differ"},
       {"UPDATE run SET status = 'diverged'", "one is diverged, the other done"}}));
  execute(other, sql);
  CHECK_THAT(merge_refusal(other, file), Contains(said));
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

TEST_CASE("seeds that a variant does not get are not planned when a copy of its study comes back",
          "[merge]") {
  const Folder folder;
  const auto file = folder / "a.db", copy = folder / "b.db";
  Store::PlanOptions options;
  options.only_seeds = {{"b", {1, 2}}};
  Store(file).plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1, 2, 3}, options);
  const auto planned = runs_in(file);
  merge(file, copy);
  CHECK(runs_in(copy) == planned);
  CHECK(merge(copy, file).runs_planned == 0);
  CHECK(runs_in(file) == planned);
  Store(copy).plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1, 2, 3, 4}, options);
  CHECK(merge(copy, file).runs_planned == 0);
  CHECK(runs_in(file) == runs_in(copy));
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
