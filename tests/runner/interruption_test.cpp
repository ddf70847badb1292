#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/worker_name.hpp"
#include "runner/plan.hpp"
#include "runner/sweep_support.hpp"
#include "support/file_size_limit.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE(
    "an interrupted sweep keeps what was committed, and the next one ends with the undisturbed numbers") {
  const TemporaryFolder folder;
  Silent listener, stopped, resumed;
  const Study study = study_of(two_skips);
  sweep(study, folder / "whole.db", listener);
  stopped.epochs_until_stop = 3;  // within the second run
  const SweepResult result = sweep(study, folder / "cut.db", stopped);
  CHECK(result.interrupted);
  CHECK(result.counts.done == 1);
  CHECK(ask(folder / "cut.db", "SELECT status, count(*) FROM run GROUP BY status ORDER BY status") ==
        std::vector<std::string>{"done|1", "interrupted|1", "planned|2"});
  CHECK(sweep(study, folder / "cut.db", resumed).counts.done == 4);
  CHECK(resumed.endings.size() == 3);
  CHECK(ask(folder / "cut.db", "SELECT * FROM epoch_metric") ==
        ask(folder / "whole.db", "SELECT * FROM epoch_metric"));
}

TEST_CASE(
    "a sweep that is stopped after every epoch and goes on each time ends with the undisturbed numbers") {
  const TemporaryFolder folder;
  Silent whole;
  const Study study = study_of(two_skips);
  sweep(study, folder / "whole.db", whole);
  int starts = 0;
  for (SweepCounts counts{.left = 1}; counts.left > 0; ++starts) {
    Silent stopped;
    stopped.epochs_until_stop = 1;
    counts = sweep(study, folder / "cut.db", stopped).counts;
    REQUIRE(starts < 20);
  }
  CHECK(starts > 4);
  const Reader first(folder / "whole.db"), second(folder / "cut.db");
  CHECK(first.fingerprint(1) == second.fingerprint(1));
  for (const char* sql :
       {"SELECT run_id, epoch, learning_rate, gradient_norm FROM epoch", "SELECT * FROM run_metric",
        "SELECT * FROM class_metric", "SELECT * FROM confusion", "SELECT run_id, epoch FROM model",
        "SELECT seed, best_epoch, epochs_done, exit_reason FROM run"}) {
    CAPTURE(sql);
    CHECK(ask(folder / "whole.db", sql) == ask(folder / "cut.db", sql));
  }
  CHECK(ask(folder / "cut.db", "SELECT count(*) FROM checkpoint")[0] == "0");
}

TEST_CASE("a disk that is full ends the sweep with what happened, and once there is room it goes on") {
  const TemporaryFolder folder;
  Silent whole, cut, rest;
  const Study study = study_of(two_skips, "", 30);
  SweepOptions options;
  options.jobs = 2;
  sweep(study, folder / "whole.db", whole, options);
  { const Store empty(folder / "cut.db"); }
  {
    const FileSizeLimit limit(400'000);
    CHECK_THROWS_WITH(sweep(study, folder / "cut.db", cut, options),
                      Catch::Contains("cut.db") && Catch::Contains("try:"));
  }
  CHECK(ask(folder / "cut.db", "SELECT count(*) > 0 FROM epoch")[0] == "1");
  CHECK(sweep(study, folder / "cut.db", rest, options).counts.done == 4);
  const Reader first(folder / "whole.db"), second(folder / "cut.db");
  CHECK(second.faults().empty());
  CHECK(first.fingerprint(1) == second.fingerprint(1));
}

TEST_CASE("the run of a worker whose process is gone is taken up at once") {
  const TemporaryFolder folder;
  Silent listener;
  const Study study = study_of("{list: {a: {}}}");
  const pid_t child = ::fork();
  if (child == 0) {
    // Claims a run as the sweep would, and is gone before it ends.
    Store store(folder / "a.db");
    DatasetCache datasets([](const DataSettings&) { return small_dataset(); });
    const Plan plan = plan_study(study, datasets);
    store.claim(store.plan(plan.study, plan.variants, plan.seeds),
                {.worker = worker_name(), .lease_seconds = 3600});
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  REQUIRE(ask(folder / "a.db", "SELECT count(*) FROM run WHERE status = 'running'")[0] == "1");
  CHECK(sweep(study, folder / "a.db", listener).counts.done == 2);
}

TEST_CASE(
    "a results file that is moved away under a sweep ends it with what happened, and no other is made") {
  const TemporaryFolder folder;
  const Study study = study_of(two_skips);
  struct Mover : Silent {
    void happened(const RunEvent& event) override {
      Silent::happened(event);
      if (event.kind != RunEvent::Kind::started) return;
      std::error_code ignored;
      std::filesystem::rename(file, file.string() + ".moved", ignored);
    }
    std::filesystem::path file;
  } mover;
  mover.file = folder / "a.db";
  SweepOptions options;
  options.jobs = 2;
  CHECK_THROWS_WITH(sweep(study, folder / "a.db", mover, options),
                    Catch::Contains("a.db") && Catch::Contains("put it back"));
  CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
  std::filesystem::rename(folder / "a.db.moved", folder / "a.db");
  Silent rest;
  CHECK(sweep(study, folder / "a.db", rest, options).counts.done == 4);
}

TEST_CASE("a sweep that is stopped while it plans writes nothing") {
  const TemporaryFolder folder;
  Silent listener;
  const std::atomic<bool> stopped = true;
  DatasetCache datasets([](const DataSettings&) { return small_dataset(); });
  const SweepResult result =
      run_sweep(study_of(two_skips), folder / "a.db", datasets, in_process(), listener, stopped);
  CHECK(result.interrupted);
  CHECK(result.trained == 0);
  CHECK_FALSE(std::filesystem::exists(folder / "a.db"));
}
