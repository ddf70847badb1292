#include <filesystem>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sqlite3.h>

#include "store/claim_support.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// Copies a results file and its journal in the middle of a change, which is what a kill leaves of one while the file
/// is switched to or from a write-ahead log.
void copy_half_written(const std::filesystem::path& file, const std::filesystem::path& copy) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
  // A cache of one page writes changed pages before the change is whole.
  const char* change =
      "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; "
      "UPDATE study SET name = 'changed'; UPDATE run SET status = 'failed'; "
      "CREATE TABLE filler (x); INSERT INTO filler WITH RECURSIVE n(x) AS "
      "(SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000) SELECT zeroblob(100) FROM n";
  REQUIRE(sqlite3_exec(database, change, nullptr, nullptr, nullptr) == SQLITE_OK);
  std::filesystem::copy(file, copy);
  std::filesystem::copy(file.string() + "-journal", copy.string() + "-journal");
  sqlite3_close(database);
}

}  // namespace

TEST_CASE("the death of a worker counts for the attempt that it had, once", "[store]") {
  const Folder folder;
  double now = 1000.0;
  Store store = store_at(folder / "a.db", now);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const auto first = claim(store, id);
  now += 100.0;
  const auto second = claim(store, id);  // the lease ran out: one death is counted
  REQUIRE(second);
  CHECK_FALSE(store.crashed(first->id, first->attempt, "killed"));  // of the same death
  CHECK(row(folder / "a.db", "SELECT status, crashes FROM run") == "running|1");
  store.set_output(first->id, first->attempt, "stderr", "last words");
  CHECK(Reader(folder / "a.db").run_output(first->id).empty());
  store.add_epoch(second->id, epoch_of(1, 0.5), 60.0);
  store.set_output(second->id, second->attempt, "stderr", "still there");
  CHECK(Reader(folder / "a.db").run_output(first->id).at("stderr") == "still there");
}

TEST_CASE("a run whose worker dies three times without a whole epoch has failed, and says of what",
          "[store]") {
  Halfway run;
  for (int death = 1; death <= 3; ++death) {
    CHECK(run.store.crashed(run.run_id, run.attempt, "killed by signal 11") == (death == 3));
    if (death < 3) REQUIRE(run.again("1.0"));
  }
  CHECK_FALSE(run.again("1.0"));
  CHECK(row(run.file, "SELECT status, error FROM run") ==
        "failed|crashed 3 times without a new epoch: killed by signal 11");
}

TEST_CASE("a whole epoch in between forgives the deaths before it", "[store]") {
  Halfway run;
  for (int epoch = 3; epoch <= 8; ++epoch) {
    CHECK_FALSE(run.store.crashed(run.run_id, run.attempt, "killed by signal 9"));
    REQUIRE(run.again("1.0"));
    EpochRecord record = epoch_of(epoch, 0.5);
    record.checkpoint = run.state;
    record.weights = run.weights;
    run.store.add_epoch(run.run_id, record, 60.0);
  }
  CHECK(row(run.file, "SELECT crashes, resumed FROM run") == "0|6");
}

TEST_CASE("a run whose lease runs out three times without an epoch has failed too", "[store]") {
  const Folder folder;
  double now = 1000.0;
  Store store = store_at(folder / "a.db", now);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  for (int i = 0; i < 3; ++i) {
    REQUIRE(claim(store, id));
    now += 100.0;
  }
  CHECK_FALSE(claim(store, id));
  CHECK(row(folder / "a.db", "SELECT status FROM run") == "failed");
}

TEST_CASE("a worker that is busy for long keeps its run by renewing the lease", "[store]") {
  const Folder folder;
  double now = 1000.0;
  Store store = store_at(folder / "a.db", now);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = claim(store, id);
  now = 1050.0;
  store.renew(run->id, 60.0);
  now = 1100.0;
  CHECK_FALSE(claim(store, id));
}

TEST_CASE("a change that a kill left half-written is undone by whoever reads the file next", "[store]") {
  const Folder folder;
  { Store(folder / "a.db").plan(study_named("s"), {variant_named("a")}, {1}); }
  copy_half_written(folder / "a.db", folder / "b.db");
  REQUIRE(std::filesystem::file_size(folder / "b.db") > 1'000'000);
  const auto studies = Reader(folder / "b.db").counts();
  REQUIRE(studies.size() == 1);
  CHECK(studies[0].study.name == "s");
  CHECK(studies[0].failed == 0);
}
