#include <mutex>
#include <set>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ablate/store/reader.hpp"

#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

Outcome ended(RunStatus status, const std::string& error = {}) {
  Outcome outcome;
  outcome.status = status;
  outcome.error = error;
  return outcome;
}

/// A store whose time is `now`.
Store store_at(const std::filesystem::path& file, double& now) {
  StoreOptions options;
  options.clock = [&now] { return now; };
  return Store(file, options);
}

}  // namespace

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
  const auto run = store.claim(id, "host:12", 60.0, false);
  CHECK(run->status == RunStatus::running);
  CHECK(run->attempt == 1);
  CHECK(run->started_at == "2001-09-09T01:46:40.125Z");
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

TEST_CASE("failed and diverged runs are claimed only when asked for, and once a sweep", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  double now = 1000.0;
  Store first = store_at(file, now);
  const auto id = first.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  first.finish(claim(first, id)->id, ended(RunStatus::failed, "boom"));
  first.finish(claim(first, id)->id, ended(RunStatus::diverged, "loss is nan"));
  CHECK_FALSE(claim(first, id));
  CHECK_FALSE(claim(first, id, true));  // they failed within this sweep

  now = 1001.0;
  Store second = store_at(file, now);
  CHECK_FALSE(claim(second, id, false));
  for (int i = 0; i < 2; ++i) {
    now += 1.0;
    const auto run = claim(second, id, true);
    REQUIRE(run);
    CHECK(run->error.empty());
    second.finish(run->id, ended(RunStatus::failed, "boom again"));
  }
  CHECK_FALSE(claim(second, id, true));
}

TEST_CASE("an interrupted run is claimed again and starts with nothing of the earlier attempt", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = claim(store, id);
  Store::Provenance provenance;
  provenance.code_version = std::string("1.0");
  provenance.leaks = {{"trained_on_test", "it saw the test set", 4}};
  store.set_provenance(run->id, provenance);
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  store.finish(run->id, ended(RunStatus::interrupted));
  CHECK(row(file, "SELECT status, epochs_done, best_epoch FROM run") == "interrupted|1|1");

  const auto again = claim(store, id);
  REQUIRE(again);
  CHECK(again->attempt == 2);
  CHECK(again->epochs_done == 0);
  CHECK_FALSE(again->best_epoch);
  CHECK(again->code_version.empty());
  CHECK(again->ended_at.empty());
  for (const std::string table :
       {"epoch", "epoch_metric", "run_metric", "class_metric", "confusion", "leak"}) {
    CHECK(row(file, fmt::format("SELECT count(*) FROM {}", table)) == "0");
  }
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
