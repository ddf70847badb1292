#include <mutex>
#include <set>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/claim_support.hpp"
#include "store/marks.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"
#include "store/store_state.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("runs are claimed by seed, then in the order of the variants", "[store]") {
  Store store(":memory:");
  const auto id = store.plan(study_named("s"), {variant_named("z"), variant_named("a")}, {2, 1});
  std::vector<std::string> order;
  while (const auto run = claim(store, id)) order.push_back(fmt::format("{}{}", run->variant, run->seed));
  CHECK(order == std::vector<std::string>{"z1", "a1", "z2", "a2"});
}

TEST_CASE("a claim tells who has the run, since when and for how long", "[store]") {
  const Folder folder;
  double now = 1.0e9 + 0.125;  // 2001-09-09 01:46:40 UTC, by GNU date
  Store store = store_at(folder / "a.db", now);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = store.claim(id, {.worker = "host:12", .lease_seconds = 60.0});
  CHECK(run->status == RunStatus::running);
  CHECK(run->attempt == 1);
  CHECK(run->course.started_at == "2001-09-09T01:46:40.125Z");
  CHECK(row(folder / "a.db", "SELECT worker, lease_until - 1e9 FROM run") == "host:12|60.125");
}

TEST_CASE("workers on one file never get the same run", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  std::vector<std::int64_t> seeds(50);
  for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = static_cast<std::int64_t>(i);
  const auto id = Store(file).plan(study_named("s"), {variant_named("a"), variant_named("b")}, seeds);
  std::mutex mutex;
  std::multiset<std::int64_t> claimed;
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      Store store(file);
      while (const auto run = claim(store, id)) {
        store.finish(run->id, {});
        const std::lock_guard lock(mutex);
        claimed.insert(run->id);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  CHECK(claimed.size() == 100);
  CHECK(std::set<std::int64_t>(claimed.begin(), claimed.end()).size() == 100);
  CHECK(row(file, "SELECT max(attempt) FROM run") == "1");
}

TEST_CASE("programs that make the same file at once all get it", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  std::mutex mutex;
  std::set<std::string> outcomes;
  std::vector<std::thread> programs;
  for (int program = 0; program < 8; ++program) {
    programs.emplace_back([&] {
      const std::string message =
          refusal([&] { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); });
      const std::lock_guard lock(mutex);
      outcomes.insert(message);
    });
  }
  for (std::thread& program : programs) program.join();
  CHECK(outcomes == std::set<std::string>{""});
  CHECK(row(file, "SELECT count(*) FROM run") == "1");
}

TEST_CASE("a run is claimed again when its lease ran out, not before", "[store]") {
  const Folder folder;
  double now = 1000.0;
  Store dead = store_at(folder / "a.db", now);
  Store alive = store_at(folder / "a.db", now);
  const auto id = dead.plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = claim(dead, id);
  now = 1060.0;
  CHECK_FALSE(claim(alive, id));
  now = 1060.5;
  const auto again = claim(alive, id);
  REQUIRE(again);
  CHECK(again->id == run->id);
  CHECK(again->attempt == 2);

  SECTION("and the worker that lost it can no longer write to it") {
    CHECK_THAT(refusal([&] { dead.add_epoch(run->id, epoch_of(1, 0.5), 60.0); }),
               Catch::Contains("lease ran out"));
    CHECK_THAT(refusal([&] { dead.set_provenance(run->id, {}); }), Catch::Contains("lease ran out"));
    CHECK_THAT(refusal([&] { dead.finish(run->id, {}); }), Catch::Contains("lease ran out"));
    CHECK(row(folder / "a.db", "SELECT status, epochs_done, (SELECT count(*) FROM epoch) FROM run") ==
          "running|0|0");
  }
}

TEST_CASE("each epoch renews the lease", "[store]") {
  const Folder folder;
  double now = 1000.0;
  Store store = store_at(folder / "a.db", now);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = claim(store, id);
  now = 1050.0;
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  now = 1100.0;
  CHECK_FALSE(claim(store, id));
}

TEST_CASE(
    "failed and diverged runs are claimed only when asked for, and once a sweep, whatever the clock says",
    "[store]") {
  const Folder folder;
  double now = 1000.0;
  Store store = store_at(folder / "a.db", now);
  const auto id =
      store.plan(study_named("s"), {variant_named("a"), variant_named("b"), variant_named("c")}, {1});
  store.finish(claim(store, id)->id, ended(RunStatus::failed, "boom"));
  store.finish(claim(store, id)->id, ended(RunStatus::diverged, "loss is nan"));
  store.finish(claim(store, id)->id, {});
  CHECK_FALSE(claim(store, id));

  now -= 500.0;  // the clock was set back: they ended in the future
  const auto failed = store.failed_runs(id);
  REQUIRE(failed.size() == 2);
  CHECK(failed[0].status == RunStatus::failed);
  store.allow_retry(failed);
  for (int i = 0; i < 2; ++i) {
    const auto run = claim(store, id);
    REQUIRE(run);
    CHECK(run->error.empty());
    store.finish(run->id, ended(RunStatus::failed, "boom again"));
  }
  CHECK_FALSE(claim(store, id));
}

TEST_CASE("what another worker has tried again is not tried a third time", "[store]") {
  const Folder folder;
  Store store(folder / "a.db"), other(folder / "a.db");
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  store.finish(claim(store, id)->id, ended(RunStatus::failed, "boom"));
  const auto failed = store.failed_runs(id);
  store.allow_retry(failed);
  other.allow_retry(failed);
  other.finish(claim(other, id)->id, ended(RunStatus::failed, "boom again"));
  CHECK_FALSE(claim(store, id));
}

TEST_CASE("runs are claimed in the order of seeds and variants among all that may be claimed", "[store]") {
  const Folder folder;
  double now = 1000.0;
  Store store = store_at(folder / "a.db", now);
  const auto id =
      store.plan(study_named("s"), {variant_named("a"), variant_named("b"), variant_named("c")}, {1, 2});
  store.finish(claim(store, id)->id, ended(RunStatus::failed, "boom"));  // a1
  claim(store, id);                                                      // b1, left
  store.allow_retry(store.failed_runs(id));
  now += 100.0;
  std::vector<std::string> order;
  while (const auto run = claim(store, id)) order.push_back(fmt::format("{}{}", run->variant, run->seed));
  CHECK(order == std::vector<std::string>{"a1", "b1", "c1", "a2", "b2", "c2"});
}

TEST_CASE("a run that is put off is claimed by others, and by this worker once its time is over", "[store]") {
  const Folder folder;
  double now = 1e9;
  Store mine = store_at(folder / "a.db", now), other = store_at(folder / "a.db", now);
  const auto id = mine.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  const auto later = claim(mine, id);
  mine.put_off(later->id, 5.0);
  CHECK_FALSE(mine.is_any_put_off());  // it runs
  mine.finish(later->id, ended(RunStatus::interrupted, "later"));
  CHECK(mine.is_any_put_off());
  const auto next = claim(mine, id);
  REQUIRE(next);
  CHECK(next->variant == "b");
  CHECK_FALSE(claim(mine, id));
  now += 5.0;
  CHECK_FALSE(mine.is_any_put_off());
  CHECK(claim(mine, id)->id == later->id);
  mine.put_off(later->id, 5.0);
  mine.finish(later->id, ended(RunStatus::interrupted, "later"));
  CHECK_FALSE(claim(mine, id));
  CHECK(claim(other, id)->id == later->id);
}

TEST_CASE("a claim reads the queue's index and no run that it does not take", "[store]") {
  const Folder folder;
  { Store(folder / "a.db").plan(study_named("s"), {variant_named("a")}, {1}); }
  SQLite::Database database((folder / "a.db").string(), SQLite::OPEN_READWRITE);
  database.exec(
      "CREATE TEMP TABLE retry(run_id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL);"
      "CREATE TEMP TABLE put_off(run_id INTEGER PRIMARY KEY, until REAL NOT NULL)");
  SQLite::Statement explain(database, std::string("EXPLAIN QUERY PLAN ") + next_run);
  std::vector<std::string> steps;
  while (explain.executeStep()) {
    const std::string step = explain.getColumn("detail").getString();
    if (step.find(" run ") != std::string::npos) steps.push_back(step);
  }
  CHECK(steps == std::vector<std::string>{"SEARCH run USING INDEX run_queue (study_id=?)",
                                          "SEARCH run USING INDEX run_by_study (study_id=? AND status=?)",
                                          "SEARCH run USING INTEGER PRIMARY KEY (rowid=?)"});
}

TEST_CASE("a plan that changes its order is claimed in the new one", "[store]") {
  Store store(":memory:");
  store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  const auto id = store.plan(study_named("s"), {variant_named("b"), variant_named("a")}, {1});
  CHECK(claim(store, id)->variant == "b");
}

TEST_CASE("a run that has ended or was never claimed takes no epoch", "[store]") {
  Store store(":memory:");
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1, 2});
  const auto run = claim(store, id);
  store.finish(run->id, {});
  CHECK_THROWS_AS(store.add_epoch(run->id, epoch_of(1, 0.5), 60.0), RequestError);
  CHECK_THROWS_AS(store.add_epoch(run->id + 1, epoch_of(1, 0.5), 60.0), RequestError);
  CHECK_THROWS_AS(store.finish(run->id, {}), RequestError);
}

TEST_CASE("claims of one study leave the others alone", "[store]") {
  Store store(":memory:");
  store.plan(study_named("other"), {variant_named("a")}, {1});
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  CHECK(claim(store, id));
  CHECK_FALSE(claim(store, id));
}

TEST_CASE("a reader that comes and goes in the writer's process leaves the writer's locks alone") {
  const Folder folder;
  Store store(folder / "a.db");
  const std::int64_t study = store.plan(study_named("s"), {variant_named("v")}, {1});
  const auto run = claim(store, study);
  { const Reader passing(folder / "a.db"); }
  const pid_t child = ::fork();
  if (child == 0) {
    {
      const Reader other(folder / "a.db");
    }  // the last to close, if it sees no lock of ours, would remove the log
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  store.add_epoch(run->id, epoch_of(1, 0.5), 60);
  CHECK(rows(folder / "a.db", "SELECT epoch FROM epoch") == std::vector<std::string>{"1"});
  CHECK(std::filesystem::exists(folder / "a.db-wal"));
}

TEST_CASE("a run that was asked to stop is nobody's until its study is planned anew", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = store.claim(id, {.worker = "w"});
  CHECK_FALSE(store.is_asked_to_stop(run->id));
  Marks(file).ask_to_stop(run->id);
  Marks(file).ask_to_stop(run->id);
  CHECK(store.is_asked_to_stop(run->id));
  store.plan(study_named("s"), {variant_named("a")}, {1});
  CHECK(store.is_asked_to_stop(run->id));  // its worker has not seen it yet
  store.finish(run->id, {.status = RunStatus::interrupted});
  CHECK_FALSE(store.claim(id, {.worker = "w"}));
  store.plan(study_named("s"), {variant_named("a")}, {1});
  CHECK(store.claim(id, {.worker = "w"}));
}
