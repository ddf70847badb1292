#include "runner/worker_pool.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "base/worker_name.hpp"
#include "runner/worker_process.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

using enum RunEvent::Kind;

/// Writes down what it is told.
struct Log : RunListener {
  void happened(const RunEvent& event) override {
    const std::int64_t run = event.run.id;
    switch (event.kind) {
      case started:
        return words.push_back(fmt::format("started {}", run));
      case epoch_ended:
        words.push_back(fmt::format("epoch {} of {}", event.progress.epoch, run));
        if (stop_at_epoch == event.progress.epoch) stop = true;
        return;
      case ended:
        return words.push_back(fmt::format("ended {} {}{}", run, to_string(event.status), event.text));
      case worker_died:
        return words.push_back(fmt::format("died {} {}", run, event.text));
      case remark:
        return words.push_back("remark: " + event.text);
      case printed:
        return outputs.push_back(event.stream + ": " + event.text);
    }
  }
  void tick() override { ++ticks; }

  PoolEnd run(int jobs, const WorkerBody& body) {
    return run_workers(jobs, body, *this, {stop}, [this] { return --replacements >= 0; });
  }

  std::vector<std::string> words, outputs;
  int replacements = 0, ticks = 0, stop_at_epoch = -1;
  std::atomic<bool> stop = false;
};

void start(RunListener& listener, std::int64_t run) {
  listener.happened({.kind = started, .run = {.id = run}});
}
void end(RunListener& listener, std::int64_t run, RunStatus status = RunStatus::done,
         const std::string& why = {}) {
  listener.happened({.kind = ended, .run = {.id = run}, .status = status, .text = why});
}
void epoch(RunListener& listener, std::int64_t run, int number) {
  EpochProgress progress;
  progress.epoch = number;
  listener.happened({.kind = epoch_ended, .run = {.id = run}, .progress = progress});
}

/// Descriptors that this process has open.
std::ptrdiff_t open_files() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

/// Fills the gaps between the descriptors that this process has open, so that the next is as high as their number:
/// a limit is one on numbers.
struct NoGaps {
  std::vector<int> fillers;

  NoGaps() {
    do fillers.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    while (fillers.back() + 2 < open_files());
  }
  ~NoGaps() {
    for (const int filler : fillers) ::close(filler);
  }
};

}  // namespace

TEST_CASE("workers tell their parent of every run and epoch, in order") {
  Log log;
  log.run(1, [](RunListener& listener, const Pulse&) {
    start(listener, 7);
    epoch(listener, 7, 3);
    end(listener, 7, RunStatus::done, "!");
  });
  CHECK(log.words == std::vector<std::string>{"started 7", "epoch 3 of 7", "ended 7 done!"});
  CHECK(log.outputs.empty());
  CHECK(log.ticks > 0);
}

TEST_CASE("what a worker prints is kept with its run, the last 64 KiB of each stream") {
  Log log;
  log.run(1, [](RunListener& listener, const Pulse&) {
    start(listener, 1);
    std::fputs("to stdout", stdout);
    for (int i = 0; i < 10'000; ++i) std::fprintf(stderr, "line %d\n", i);
    end(listener, 1);
  });
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
  log.run(1, [&](RunListener& listener, const Pulse&) {
    start(listener, 1);
    if (std::FILE* first = ::access(mark.c_str(), F_OK) != 0 ? std::fopen(mark.c_str(), "w") : nullptr) {
      std::fclose(first);
      std::fputs("some words\nthe last words\n", stderr);
      std::fflush(stderr);
      ::kill(::getpid(), SIGKILL);
    }
    end(listener, 1);
  });
  CHECK(log.words == std::vector<std::string>{"started 1",
                                              "died 1 killed by signal 9 (Killed; the system does so when "
                                              "memory runs out); its last words: the last words",
                                              "started 1", "ended 1 done"});
}

TEST_CASE("a worker that we killed is not taken for one that had too little memory") {
  WorkerProcess worker([](RunListener&, const Pulse&) { ::pause(); });
  worker.send(SIGKILL);
  CHECK(worker.wait() ==
        "killed by signal 9 (Killed; ablate did so, as it had not ended when it was asked to)");
}

TEST_CASE("a request that a worker finds wrong ends the pool and is thrown by it, as is a fault") {
  Log log;
  CHECK_THROWS_AS(
      log.run(2, [](RunListener&, const Pulse&) { throw RequestError("the disk is full", "make room"); }),
      RequestError);
  CHECK_THROWS_WITH(
      log.run(1, [](RunListener&, const Pulse&) { throw std::logic_error("a mistake of ours"); }),
      "a mistake of ours");
}

TEST_CASE("a worker that gets a signal to end says so, and its run goes back to the queue") {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    Log log;
    const PoolEnd how = log.run(1, [&](RunListener& listener, const Pulse& pulse) {
      start(listener, 1);
      ::kill(::getpid(), signal);
      while (pulse()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      end(listener, 1, RunStatus::interrupted);
    });
    CHECK(how == PoolEnd::signalled);
    CHECK(log.words == std::vector<std::string>{"started 1", "ended 1 interrupted"});
  }
  Log log;
  CHECK(log.run(1, [](RunListener&, const Pulse&) {}) == PoolEnd::finished);
}

TEST_CASE("workers that die before they have a run are replaced a few times, then the reason is told") {
  Log log;
  log.replacements = 100;
  CHECK_THROWS_WITH(log.run(1,
                            [](RunListener&, const Pulse&) {
                              ::kill(::getpid(), SIGXFSZ);
                              ::pause();
                            }),
                    Catch::Contains("File size limit exceeded") && Catch::Contains("before it had a run"));
  CHECK(log.replacements == 98);
}

TEST_CASE("a worker that cannot be started leaves no pipe open") {
  const NoGaps no_gaps;
  const std::ptrdiff_t before = open_files();
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  for (const rlim_t more : {0, 1, 2, 3, 4}) {
    const rlimit few{static_cast<rlim_t>(before) + more, limit.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &few);
    Log log;
    CHECK_THROWS_AS(log.run(1, [](RunListener&, const Pulse&) {}), RequestError);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    CHECK(open_files() == before);
  }
}

TEST_CASE(
    "the last words of a worker are its last line, without the line feed, also where there is one only") {
  const auto last = [](const std::string& text) {
    Tail tail;
    tail.add(text.data(), text.size());
    return tail.last_line();
  };
  CHECK(last("only line\n") == "only line");
  CHECK(last("one\ntwo\r\n\n") == "two");
  CHECK(last("no end") == "no end");
  CHECK(last("\n \n").empty());
}

TEST_CASE("when the flag is set every worker is asked to stop, and does") {
  Log log;
  log.stop_at_epoch = 1;
  const Stopwatch watch;
  log.run(3, [](RunListener& listener, const Pulse& pulse) {
    start(listener, 1);
    epoch(listener, 1, 1);
    while (pulse()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    end(listener, 1, RunStatus::interrupted);
  });
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
