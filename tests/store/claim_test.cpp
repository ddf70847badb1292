#include <mutex>
#include <set>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/time.hpp"
#include "store/marks.hpp"
#include "store/reader.hpp"
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
  const auto run = store.claim(id, {.worker = "host:12", .lease_seconds = 60.0});
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
  double now = 1000.0;
  Store store = store_at(folder / "a.db", now);
  const auto id = store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  store.finish(claim(store, id)->id, ended(RunStatus::failed, "boom"));
  store.finish(claim(store, id)->id, ended(RunStatus::diverged, "loss is nan"));
  CHECK_FALSE(claim(store, id));
  const std::string began = moment_text(1000.0);
  CHECK_FALSE(claim(store, id, began));  // they failed within this sweep

  const std::string next_sweep = moment_text(1001.0);
  for (int i = 0; i < 2; ++i) {
    now += 2.0;
    const auto run = claim(store, id, next_sweep);
    REQUIRE(run);
    CHECK(run->error.empty());
    store.finish(run->id, ended(RunStatus::failed, "boom again"));
  }
  CHECK_FALSE(claim(store, id, next_sweep));
}

namespace {

/// A store with one run that has a checkpoint after two epochs, made by the program "1.0".
struct Halfway {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Store store{file};
  std::int64_t id = store.plan(study_named("s"), {variant_named("a")}, {1});
  std::int64_t run_id = claim(store, id)->id;
  std::vector<std::uint8_t> state = {1, 2, 3};

  explicit Halfway(const std::string& program = "1.0") {
    Store::Provenance provenance;
    provenance.program_sha256 = program;
    provenance.machine_id = store.add_machine({});
    store.set_provenance(run_id, provenance);
    for (int epoch = 1; epoch <= 2; ++epoch) {
      EpochRecord record = epoch_of(epoch, 0.5);
      record.checkpoint = state;
      store.add_epoch(run_id, record, 60.0);
    }
  }
  std::optional<RunRecord> again(const std::string& program) {
    return store.claim(id, {.worker = "b", .lease_seconds = 60, .program_sha256 = program});
  }
};

}  // namespace

TEST_CASE("an interrupted run goes on from its checkpoint where the same program made it", "[store]") {
  Halfway run;
  run.store.finish(run.run_id, ended(RunStatus::interrupted));
  SECTION("with its epochs") {
    const auto again = run.again("1.0");
    CHECK(again->epochs_done == 2);
    CHECK(again->resumed == 1);
    CHECK(run.store.checkpoint(run.run_id) == run.state);
    CHECK(row(run.file, "SELECT count(*) FROM epoch") == "2");
  }
  SECTION("also on another machine") {
    const auto elsewhere =
        run.store.add_machine({0, "elsewhere", "Linux", "ARM", 4, 1 << 30, "built in", "neon"});
    execute(run.file, "UPDATE run SET machine_id = " + std::to_string(elsewhere));
    CHECK(run.again("1.0")->epochs_done == 2);
  }
  SECTION("and begins anew where one of another numbers version did") {
    execute(run.file, "UPDATE run SET numbers = 1");
    CHECK(run.again("1.0")->epochs_done == 0);
    CHECK(row(run.file, "SELECT count(*) FROM epoch") == "0");
  }
  SECTION("and begins anew where another one did") {
    CHECK(run.again("1.1")->epochs_done == 0);
    CHECK(run.store.checkpoint(run.run_id).empty());
    CHECK(row(run.file, "SELECT count(*) FROM epoch") == "0");
  }
}

TEST_CASE("a program that does not know its sources resumes nothing, not even its own runs", "[store]") {
  Halfway run("");
  run.store.finish(run.run_id, ended(RunStatus::interrupted));
  CHECK(run.again("")->epochs_done == 0);
  CHECK(run.store.checkpoint(run.run_id).empty());
}

TEST_CASE("a checkpoint goes when its run ends, and its weights stay only where they are to", "[store]") {
  Halfway run;
  Outcome outcome = ended(RunStatus::done);
  outcome.reason = "all epochs";
  run.store.finish(run.run_id, outcome);
  CHECK(row(run.file, "SELECT count(*) FROM checkpoint") == "0");
  CHECK(Reader(run.file).run("1").exit_reason == "all epochs");
}

TEST_CASE("a run whose worker dies three times without a whole epoch has failed, and says of what",
          "[store]") {
  Halfway run;
  for (int death = 1; death <= 3; ++death) {
    CHECK(run.store.crashed(run.run_id, "killed by signal 11") == (death == 3));
    if (death < 3) REQUIRE(run.again("1.0"));
  }
  CHECK_FALSE(run.again("1.0"));
  CHECK(row(run.file, "SELECT status, error FROM run") ==
        "failed|3 workers in a row died of it: killed by signal 11");
}

TEST_CASE("a whole epoch in between forgives the deaths before it", "[store]") {
  Halfway run;
  for (int epoch = 3; epoch <= 8; ++epoch) {
    CHECK_FALSE(run.store.crashed(run.run_id, "killed by signal 9"));
    REQUIRE(run.again("1.0"));
    EpochRecord record = epoch_of(epoch, 0.5);
    record.checkpoint = run.state;
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

TEST_CASE("what equals a run that is done, data and program included, is copied instead of trained",
          "[store]") {
  const Folder folder;
  Store store(folder / "a.db");
  const std::vector<float> weights = {1.0f, 2.0f};
  const auto train = [&](const std::string& study, const std::string& program = "1.0") {
    const auto id = store.plan(study_named(study), {variant_named("a", "same settings")}, {1});
    const auto run = claim(store, id);
    Store::Provenance provenance;
    provenance.code_version = "the same word";
    provenance.program_sha256 = program;
    provenance.machine_id = store.add_machine({});
    provenance.train_dataset_id = store.add_dataset({.name = "d", .split = "train", .sha256 = "1"});
    provenance.test_dataset_id = store.add_dataset({.name = "d", .split = "test", .sha256 = "2"});
    store.set_provenance(run->id, provenance);
    return run->id;
  };
  const auto first = train("one");
  CHECK_FALSE(store.copy_twin(first));
  EpochRecord epoch = epoch_of(1, 0.75);
  epoch.weights = weights;
  store.add_epoch(first, epoch, 60.0);
  store.finish(first, {});
  const auto second = train("two");
  CHECK(store.copy_twin(second) == first);
  const Reader reader(folder / "a.db");
  CHECK(reader.run_selected(second).back().suite.accuracy == 0.75);
  CHECK(reader.run_model(second)->weights == weights);
  const RunRecord copied = reader.run(std::to_string(second));
  CHECK(copied.status == RunStatus::done);
  CHECK(copied.epochs_done == 1);
  CHECK_THAT(copied.exit_reason, Catch::Contains("copied from run 1"));
  CHECK_FALSE(store.copy_twin(train("of another program", "1.1")));
  CHECK_FALSE(store.copy_twin(train("of an unknown program", "")));
  execute(folder / "a.db", "UPDATE run SET program_sha256 = NULL");
  CHECK_FALSE(store.copy_twin(train("of an unknown program, as all before it", "")));
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
