#include <mutex>
#include <set>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/time.hpp"
#include "base/worker_name.hpp"
#include "store/marks.hpp"
#include "store/named_queries.hpp"
#include "store/query.hpp"
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

TEST_CASE("a claim reads the queue's index and no run that it does not take", "[store]") {
  const Folder folder;
  { Store(folder / "a.db").plan(study_named("s"), {variant_named("a")}, {1}); }
  const auto plan =
      rows(folder / "a.db",
           "EXPLAIN QUERY PLAN SELECT id, seed, place FROM run WHERE study_id = 1 AND NOT obsolete "
           "AND (status IN ('planned', 'interrupted') OR (status = 'waiting' AND until_epoch > "
           "epochs_done)) ORDER BY seed, place LIMIT 1");
  REQUIRE(plan.size() == 1);
  CHECK_THAT(plan[0], Catch::EndsWith("SEARCH run USING INDEX run_queue (study_id=?)"));
}

TEST_CASE("a plan that changes its order is claimed in the new one", "[store]") {
  Store store(":memory:");
  store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  const auto id = store.plan(study_named("s"), {variant_named("b"), variant_named("a")}, {1});
  CHECK(claim(store, id)->variant == "b");
}

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

TEST_CASE("a run's seconds are those of a steady clock, summed over its attempts", "[store]") {
  const Folder folder;
  double now = 1e6, steady = 5.0;
  StoreOptions options;
  options.clock = [&] { return now; };
  options.steady = [&] { return steady; };
  Store store(folder / "a.db", options);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const std::vector<std::uint8_t> state = {1, 2, 3};
  const auto begin = [&] {
    return store.claim(id, {.worker = "b", .lease_seconds = 60, .program_sha256 = "1.0"});
  };
  const auto run = begin();
  Store::Provenance provenance;
  provenance.program_sha256 = "1.0";
  store.set_provenance(run->id, provenance);
  steady += 10.0;
  EpochRecord epoch = epoch_of(1, 0.5);
  epoch.checkpoint = state;
  store.add_epoch(run->id, epoch, 60.0);
  steady += 1.0;
  store.finish(run->id, ended(RunStatus::interrupted));
  now -= 5000.0;     // somebody sets the clock back
  steady += 1000.0;  // and lets it wait
  REQUIRE(begin()->epochs_done == 1);
  steady += 4.0;
  store.finish(run->id, {});
  CHECK(row(folder / "a.db", "SELECT seconds FROM run") == "15");
  CHECK(row(folder / "a.db", "SELECT seconds FROM results") == "15");
  CHECK(Reader(folder / "a.db").run("1").course.seconds == 15.0);
}

TEST_CASE("of a run by an older program the seconds are those between its moments, if they can be",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1}); }
  execute(
      file,
      "UPDATE run SET started_at = '2026-01-01T00:00:10.000Z', ended_at = iif(id = 1, '2026-01-01T00:00:12.500Z', "
      "'2026-01-01T00:00:00.000Z')");
  CHECK(rows(file, "SELECT seconds FROM results ORDER BY run_id") == std::vector<std::string>{"2.5", ""});
}

TEST_CASE("a run whose worker is gone is told as interrupted wherever its status is shown", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  const auto dead = fmt::format("{}1", worker_name());  // of this host; no process of that number began then
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  store.claim(id, {.worker = dead, .lease_seconds = 1e6});
  store.claim(id, {.worker = worker_name(), .lease_seconds = -100.0});  // late, but alive
  const Reader reader(file);
  CHECK(reader.runs(id)[0].status == RunStatus::interrupted);
  CHECK(reader.runs(id)[1].status == RunStatus::running);
  const auto counts = reader.counts("s");
  CHECK(counts->interrupted == 1);
  CHECK(counts->running == 1);
  CHECK(reader.studies()[0].interrupted == 1);
  const auto& query = find_named_query("unfinished");
  std::vector<std::vector<Value>> found;
  QuerySink sink;
  sink.row = [&](const std::vector<Value>& values) { found.push_back(values); };
  run_query(file, query.sql, {}, sink, {{"study", Value(std::string("%"))}});
  REQUIRE(found.size() == 1);
  CHECK(to_string(found[0][3]) == "1");  // running
  CHECK(to_string(found[0][4]) == "1");  // interrupted
}

namespace {

/// A store with one run that has a checkpoint after two epochs, made by the program "1.0".
struct Halfway {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Store store{file};
  std::int64_t id = store.plan(study_named("s"), {variant_named("a")}, {1});
  std::int64_t run_id = claim(store, id)->id;
  int attempt = 1;
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
    auto run = store.claim(id, {.worker = "b", .lease_seconds = 60, .program_sha256 = program});
    if (run) attempt = run->attempt;
    return run;
  }
};

}  // namespace

TEST_CASE("an interrupted run goes on from its checkpoint where the same program made it", "[store]") {
  Halfway run;
  run.store.finish(run.run_id, ended(RunStatus::interrupted));
  SECTION("with its epochs") {
    const auto again = run.again("1.0");
    CHECK(again->epochs_done == 2);
    CHECK(again->course.resumed == 1);
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

TEST_CASE("a run whose checkpoint or weights were damaged in the file begins anew", "[store]") {
  Halfway run;
  run.store.finish(run.run_id, ended(RunStatus::interrupted));
  SECTION("the checkpoint") { execute(run.file, "UPDATE checkpoint SET state = x'010204'"); }
  SECTION("the checkpoint, by its length") { execute(run.file, "UPDATE checkpoint SET state = x'01020300'"); }
  SECTION("the weights") {
    execute(run.file,
            "INSERT INTO model(run_id, epoch, weights, sha256) VALUES (1, 2, zeroblob(8), 'not theirs')");
  }
  const auto again = run.again("1.0");
  REQUIRE(again);
  CHECK(again->epochs_done == 0);
  CHECK(row(run.file, "SELECT count(*) FROM epoch") == "0");
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
    CHECK(run.store.crashed(run.run_id, run.attempt, "killed by signal 11") == (death == 3));
    if (death < 3) REQUIRE(run.again("1.0"));
  }
  CHECK_FALSE(run.again("1.0"));
  CHECK(row(run.file, "SELECT status, error FROM run") ==
        "failed|3 workers in a row died of it: killed by signal 11");
}

TEST_CASE("a whole epoch in between forgives the deaths before it", "[store]") {
  Halfway run;
  for (int epoch = 3; epoch <= 8; ++epoch) {
    CHECK_FALSE(run.store.crashed(run.run_id, run.attempt, "killed by signal 9"));
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
  CHECK(again->origin.code_version.empty());
  CHECK(again->course.ended_at.empty());
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
