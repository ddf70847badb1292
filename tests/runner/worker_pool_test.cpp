#include "runner/worker_pool.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "runner/worker_name.hpp"
#include "runner/worker_process.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// Writes down what it is told.
struct Log : PoolListener {
  void cell_started(int, std::int64_t run) override { words.push_back(fmt::format("started {}", run)); }
  void epoch_ended(int, std::int64_t run, const EpochProgress& progress) override {
    words.push_back(fmt::format("epoch {} of {}", progress.epoch, run));
    if (stop_at_epoch == progress.epoch) stop = true;
  }
  void cell_ended(int, std::int64_t run, RunStatus status, const std::string& why) override {
    words.push_back(fmt::format("ended {} {}{}", run, to_string(status), why));
  }
  bool worker_died(int, std::int64_t run, const std::string& reason) override {
    words.push_back(fmt::format("died {} {}", run, reason));
    return --replacements >= 0;
  }
  void output(std::int64_t, const std::string& stream, const std::string& text) override {
    outputs.push_back(stream + ": " + text);
  }
  void tick() override { ++ticks; }

  std::vector<std::string> words, outputs;
  int replacements = 0, ticks = 0, stop_at_epoch = -1;
  std::atomic<bool> stop = false;
};

RunRecord run_numbered(std::int64_t id) {
  RunRecord run;
  run.id = id;
  return run;
}

}  // namespace

TEST_CASE("workers tell their parent of every cell and epoch, in order") {
  Log log;
  run_workers(
      1,
      [](WorkerListener& listener, const Pulse&) {
        listener.cell_started(run_numbered(7));
        EpochProgress progress;
        progress.epoch = 3;
        listener.epoch_ended(run_numbered(7), progress);
        listener.cell_ended(run_numbered(7), RunStatus::done, "!");
      },
      log, log.stop);
  CHECK(log.words == std::vector<std::string>{"started 7", "epoch 3 of 7", "ended 7 done!"});
  CHECK(log.outputs.empty());
  CHECK(log.ticks > 0);
}

TEST_CASE("what a worker prints is kept with its cell, the last 64 KiB of each stream") {
  Log log;
  run_workers(
      1,
      [](WorkerListener& listener, const Pulse&) {
        listener.cell_started(run_numbered(1));
        std::fputs("to stdout", stdout);
        for (int i = 0; i < 10'000; ++i) std::fprintf(stderr, "line %d\n", i);
        listener.cell_ended(run_numbered(1), RunStatus::done, "");
      },
      log, log.stop);
  REQUIRE(log.outputs.size() == 2);
  CHECK(log.outputs[0] == "stdout: to stdout");
  CHECK(log.outputs[1].size() == Tail::most + std::string("stderr: ").size());
  CHECK(log.outputs[1].ends_with("line 9999\n"));
}

TEST_CASE("a worker that is killed is told of with its last words, and replaced") {
  const TemporaryFolder folder;
  const std::string mark = (folder / "died once").string();
  Log log;
  log.replacements = 1;
  run_workers(
      1,
      [&](WorkerListener& listener, const Pulse&) {
        listener.cell_started(run_numbered(1));
        if (std::FILE* first = ::access(mark.c_str(), F_OK) != 0 ? std::fopen(mark.c_str(), "w") : nullptr) {
          std::fclose(first);
          std::fputs("some words\nthe last words\n", stderr);
          std::fflush(stderr);
          ::kill(::getpid(), SIGKILL);
        }
        listener.cell_ended(run_numbered(1), RunStatus::done, "");
      },
      log, log.stop);
  CHECK(log.words == std::vector<std::string>{"started 1",
                                              "died 1 killed by signal 9 (Killed; the system does so when "
                                              "memory runs out); its last words: the last words",
                                              "started 1", "ended 1 done"});
}

TEST_CASE("a request that a worker finds wrong ends the pool and is thrown by it, as is a fault") {
  Log log;
  CHECK_THROWS_AS(
      run_workers(
          2, [](WorkerListener&, const Pulse&) { throw RequestError("the disk is full", "make room"); }, log,
          log.stop),
      RequestError);
  CHECK_THROWS_WITH(run_workers(
                        1, [](WorkerListener&, const Pulse&) { throw std::logic_error("a mistake of ours"); },
                        log, log.stop),
                    "a mistake of ours");
}

TEST_CASE("when the flag is set every worker is asked to stop, and does") {
  Log log;
  log.stop_at_epoch = 1;
  const Stopwatch watch;
  run_workers(
      3,
      [](WorkerListener& listener, const Pulse& pulse) {
        listener.cell_started(run_numbered(1));
        EpochProgress progress;
        progress.epoch = 1;
        listener.epoch_ended(run_numbered(1), progress);
        while (pulse()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        listener.cell_ended(run_numbered(1), RunStatus::interrupted, "");
      },
      log, log.stop);
  CHECK(std::count(log.words.begin(), log.words.end(), "ended 1 interrupted") == 3);
  CHECK(watch.seconds() < 9.0);  // the pool kills who does not listen after ten: nobody had to be killed
}

TEST_CASE("a worker's name tells its process from a later one of the same number") {
  const std::string here = worker_name();
  CHECK_FALSE(is_dead_worker(here));
  CHECK(is_dead_worker(here + "1"));  // another start
  CHECK_FALSE(is_dead_worker("another-host:1:1"));
  const std::string host = here.substr(0, here.find(':') + 1);
  CHECK(is_dead_worker(host + "999999999:1"));
  CHECK_FALSE(is_dead_worker(fmt::format("{}{}", host, ::getpid())));  // as earlier versions named workers
}
