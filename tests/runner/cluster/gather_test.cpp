#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include "runner/cluster/cluster_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A chunk of all four runs, trained twice as if both tasks had begun before either published.
std::string trained_twice(Elsewhere& there) {
  SendOptions all;
  all.runs_per_task = 4;
  const auto send = there.send(all);
  there.work(send->file, 0);
  const fs::path aside = there.folder / "aside";
  fs::create_directory(aside);
  for (const PlannedRun& run : send->manifest.runs)
    fs::rename(there.files.run(run.uuid), aside / (run.uuid + ".db"));
  there.work(send->file, 0);
  for (const PlannedRun& run : send->manifest.runs)
    fs::rename(aside / (run.uuid + ".db"), there.files.run(run.uuid));
  REQUIRE(there.results(".over.db").size() == 2);
  return send->manifest.runs[0].uuid;
}

/// The file of the two that does not count for any run.
fs::path second_file(const Elsewhere& there) {
  const Results results = there.files.read_results();
  for (const ResultFile& file : results.files) {
    if (!results.of_file.contains(file.inode)) return file.path;
  }
  throw std::logic_error("both count");
}

/// Changes a published file with SQL and gives it the name that its bytes deserve, which is returned.
fs::path change(const fs::path& file, const std::string& sql) {
  const std::string name = file.filename().string();
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(sql);
  const std::string attempt = name.substr(0, name.rfind('-', name.rfind('-') - 1));
  const std::string bytes = read_file(file, 1 << 24);
  const fs::path changed = file.parent_path() / result_name(attempt, 1, bytes, true);
  fs::rename(file, changed);
  return changed;
}

const char* const other_bits =
    "UPDATE epoch_metric SET accuracy = accuracy + 1e-9 WHERE run_id = 1 AND epoch = 2 AND split = 'test'";

}  // namespace

TEST_CASE("of two tasks with the same chunk one result stays, and the other's bits are compared and equal") {
  Elsewhere there;
  trained_twice(there);
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 4);
  CHECK(found.repeated == 4);
  CHECK(found.differences.empty());
  CHECK(there.fingerprint() == there.expected());
  CHECK(there.gathered().repeated == 0);
}

TEST_CASE("a run that was trained twice with other bits is named, and the first copy stays") {
  Elsewhere there;
  trained_twice(there);
  std::vector<fs::path> both = there.results(".over.db");
  std::erase(both, second_file(there));
  const fs::path first = both.at(0);
  const fs::path second = change(second_file(there), other_bits);
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 4);
  CHECK(found.repeated == 3);
  REQUIRE(found.differences.size() == 1);
  CHECK_THAT(found.differences[0],
             Contains("small/") && Contains("test.accuracy after epoch 2 is") &&
                 Contains(" of " + second.string() + " and ") &&
                 Contains(" of " + there.database.string() + " (published first: " + first.string() + "): "));
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("a copy that comes after the first was collected is compared like one that comes with it") {
  Elsewhere there;
  trained_twice(there);
  const fs::path late = second_file(there), aside = there.folder / late.filename();
  fs::rename(late, aside);
  CHECK(there.gathered().repeated == 0);
  fs::rename(aside, late);
  SECTION("with the same bits") {
    const GatheredResults found = there.gathered();
    CHECK(found.repeated == 4);
    CHECK(found.differences.empty());
  }
  SECTION("with other bits") {
    const fs::path changed = change(late, other_bits);
    const GatheredResults found = there.gathered();
    CHECK(found.repeated == 3);
    REQUIRE(found.differences.size() == 1);
    CHECK_THAT(found.differences[0],
               Contains(changed.string()) && Contains(there.database.string() + " (published first: "));
  }
  CHECK(there.fingerprint() == there.expected());
  CHECK(there.gathered().repeated == 0);
}

TEST_CASE("a result that the file has already is compared with what comes, and stays where they differ") {
  Elsewhere there;
  const auto send = there.send();
  there.work_all(*send);
  Silent listener;
  sweep(there.study, there.database, listener);
  ask(there.database, "SELECT 1");
  SQLite::Database(there.database.string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE epoch_metric SET accuracy = 0.25 WHERE run_id = 2 AND epoch = 1");
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 0);
  REQUIRE(found.differences.size() == 1);
  CHECK_THAT(found.differences[0], Contains("after epoch 1 is") &&
                                       Contains(" of " + there.files.results().string() + "/") &&
                                       Contains(" of " + there.database.string() + ": "));
  CHECK(ask(there.database, "SELECT count(*) FROM epoch_metric WHERE accuracy = 0.25")[0] != "0");
}

TEST_CASE("a run that ended elsewhere takes the place of one under way with other bits, which is named") {
  Elsewhere there;
  there.work_all(*there.send());
  CHECK(there.gathered().ended == 4);
  SQLite::Database(there.database.string(), SQLite::OPEN_READWRITE)
      .exec(
          "UPDATE epoch_metric SET accuracy = 0.25 WHERE run_id = 2 AND epoch = 1;"
          "UPDATE run SET status = 'running' WHERE id = 2");
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 1);
  REQUIRE(found.differences.size() == 1);
  CHECK_THAT(found.differences[0], Contains("after epoch 1 is"));
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("a file that was cut short is put aside, the others are merged, and its runs are sent again") {
  Elsewhere there;
  there.work_all(*there.send(three_a_task()));
  const fs::path cut = there.results(".over.db")[0];
  fs::resize_file(cut, fs::file_size(cut) - 1000);
  const GatheredResults found = there.gathered();
  REQUIRE(found.notes.size() == 1);
  CHECK_THAT(found.notes[0], Contains("is damaged or was cut short") && Contains("count as not trained"));
  CHECK(found.ended < 4);
  CHECK(fs::exists(there.files.damaged() / cut.filename()));
  const auto again = there.send();
  REQUIRE(again);
  CHECK(again->manifest.runs.size() == static_cast<std::size_t>(4 - found.ended));
  there.work_all(*again);
  there.gathered();
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("a file with the right digest that is no results file is passed over with its reason") {
  Elsewhere there;
  there.work_all(*there.send());
  publish_file(there.files.results() / result_name("x.0.a", 1, "SQLite format 3", true), "SQLite format 3");
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 4);
  REQUIRE(found.notes.size() == 1);
  CHECK_THAT(found.notes[0], Contains("results/x.0.a-1-") && Contains("is not a database") &&
                                 Contains("it is in ") && Contains("/damaged now"));
  CHECK(there.gathered().notes.empty());
}

TEST_CASE(
    "files that cannot be merged are told in one line, in words of the work folder and the results file") {
  Elsewhere there;
  there.work_all(*there.send());
  const auto files = there.results(".over.db");
  for (const fs::path& file : {files.at(0), files.at(1)})
    change(file, "UPDATE variant SET config_sha256 = 'x'");
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 2);
  REQUIRE(found.notes.size() == 1);
  CHECK_THAT(found.notes[0], Contains("passed over: study 'small' of " + there.files.results().string()) &&
                                 Contains("in " + there.database.string() + ": ") &&
                                 Contains(" (and 1 other file)"));
  for (const char* foreign : {"\n", "staged", "--keep-apart", "ablate-collect"})
    CHECK_THAT(found.notes[0], !Contains(foreign));
}

TEST_CASE("results of a variant that has changed are left out, and the others of their file come in") {
  const auto study_with = [](int width) {
    return study_of(fmt::format("{{list: {{base: {{}}, wide: {{model.hidden: [{}]}}}}}}", width));
  };
  Elsewhere there(study_with(5));
  SendOptions all;
  all.runs_per_task = 4;
  there.work_all(*there.send(all));
  there.study = study_with(6);
  Silent listener;
  DatasetCache datasets = small_datasets();
  SweepOptions plan = replanning();
  plan.only_plan = true;
  run_sweep(there.study, there.database, datasets, plan, listener, never);
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 2);
  CHECK(found.notes.empty());
  CHECK(ask(there.database,
            "SELECT DISTINCT v.name, r.status FROM run AS r JOIN variant AS v ON v.id = "
            "r.variant_id ORDER BY v.name") == std::vector<std::string>{"base|done", "wide|planned"});
}

TEST_CASE("a link that lost its file gives its results all the same") {
  Elsewhere there;
  there.work_all(*there.send(three_a_task()));
  SECTION("somebody removed the file") { fs::remove(there.results(".over.db").at(0)); }
  SECTION("somebody copied the folder without its links") {
    const fs::path results = there.files.results(), copy = there.folder / "copy";
    fs::copy(results, copy);
    fs::remove_all(results);
    fs::rename(copy, results);
    CHECK(there.files.read_results().of_file.size() == 4);
  }
  const GatheredResults found = there.gathered();
  CHECK(found.ended == 4);
  REQUIRE(found.notes.size() == 1);
  CHECK_THAT(found.notes[0], Contains("had lost ") && Contains(" .over.db and ha") && Contains(" it again"));
  CHECK(there.fingerprint() == there.expected());
  CHECK(there.files.read_results().of_file.size() == 2);
  CHECK(there.gathered().notes.empty());
}

TEST_CASE("a link that lost its file and is cut short counts as not trained") {
  Elsewhere there;
  const auto send = there.send();
  there.work_all(*send);
  const fs::path run = there.files.run(send->manifest.runs[0].uuid);
  for (const fs::path& file : there.results(".over.db")) {
    if (fs::equivalent(file, run)) fs::remove(file);
  }
  fs::resize_file(run, fs::file_size(run) / 2);
  CHECK(there.gathered().ended == 3);
  CHECK_FALSE(fs::exists(run));
  there.work_all(*there.send());
  there.gathered();
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("results that vanish with the work folder are told of") {
  Elsewhere there;
  there.send();
  CHECK(there.gathered().notes.empty());
  fs::remove_all(there.files.results());
  REQUIRE(there.gathered().notes.size() == 1);
  CHECK_THAT(there.gathered().notes[0], Contains("results is gone") && Contains("ablate collect"));
}

TEST_CASE("results of another study of the same name, or of an earlier plan, are left out") {
  Elsewhere there;
  const auto send = there.send();
  there.work_all(*send);
  fs::remove(there.database);
  there.send();  // the file was lost and is planned anew: its runs are others
  CHECK(there.gathered().ended == 0);
  CHECK(ask(there.database, "SELECT count(*) FROM run WHERE status = 'planned'")[0] == "4");
}

TEST_CASE("states that were merged are read again only where the results file has fewer epochs") {
  Elsewhere there(study_of(two_skips, "", 5));
  const auto send = there.send(three_a_task());
  fs::copy_file(there.database, there.folder / "older.db");
  there.work(send->file, 0, 3);
  CHECK(there.gathered().advanced == 1);
  const fs::path going = there.results(".going.db").at(0);
  const std::string bytes = read_file(going, 1 << 24);
  write_file(going, "damaged, which only a reader sees");
  CHECK(there.gathered().notes.empty());
  write_file(going, bytes);
  fs::copy_file(there.folder / "older.db", there.database, fs::copy_options::overwrite_existing);
  CHECK(there.gathered().advanced == 1);
  there.work_all(*send);
  there.gathered();
  CHECK(there.results(".going.db").empty());
  CHECK(there.fingerprint() == there.expected());
}

TEST_CASE("clocks of nodes that are an hour off change nothing") {
  Elsewhere there;
  SendOptions all;
  all.runs_per_task = 4;
  const auto send = there.send(all);
  there.work(send->file, 0);
  const fs::path file = there.results(".over.db")[0];
  for (const PlannedRun& run : send->manifest.runs) fs::remove(there.files.run(run.uuid));
  change(file,
         "UPDATE run SET started_at = '2036-01-01T00:00:00.000Z', ended_at = '2016-01-01T00:00:00.000Z'");
  CHECK(there.gathered().ended == 4);
  CHECK(there.fingerprint() == there.expected());
}
