#include "train/program.hpp"

#include <csignal>
#include <fstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

namespace fs = std::filesystem;

/// A script as a run: what it printed, the epochs that it reported, and how it ended.
struct Tried {
  explicit Tried(const std::string& script) {
    run.start.command = {"sh", "-c", script};
    run.start.environment = {"ABLATE_METRICS=" + (folder / "metrics.jsonl").string(),
                             "ABLATE_DIR=" + folder.text()};
    run.start.grace_seconds = 0.3;
    run.metrics = folder / "metrics.jsonl";
  }

  ProgramResult work(const Pulse& pulse = [] { return true; }) {
    return run_program(
        run,
        [&](const EpochLine& line, std::uint64_t offset) {
          epochs.push_back(line.epoch);
          run.offset = offset;
          return line.epoch == stop_after ? how : ProgramAnswer::go_on;
        },
        pulse, [&](bool is_error, std::string_view bytes) { (is_error ? err : out) += bytes; });
  }

  TemporaryFolder folder;
  ProgramRun run;
  std::vector<int> epochs;
  int stop_after = -1;
  ProgramAnswer how = ProgramAnswer::stop;
  std::string out, err;
};

/// Not dead, also where nobody has asked for its end yet.
bool lives(const fs::path& pid_file) {
  std::ifstream file(fmt::format("/proc/{}/stat", std::stol(read_file(pid_file, 100))));
  std::string stat;
  std::getline(file, stat);
  return file && stat.find(") Z ") == std::string::npos;
}

const std::string line = R"(echo '{"epoch": 1}' >> $ABLATE_METRICS; )";

TEST_CASE("a program's lines come one by one, and exit code 0 unasked is the end") {
  Tried tried(
      R"(echo hello; echo oh >&2; for e in 1 2 3; do echo "{\"epoch\": $e}" >> $ABLATE_METRICS; done)");
  const ProgramResult result = tried.work();
  CHECK(result.end == ProgramEnd::finished);
  CHECK(result.why.empty());
  CHECK(tried.epochs == std::vector<int>{1, 2, 3});
  CHECK(tried.out == "hello\n");
  CHECK(tried.err == "oh\n");
  CHECK(result.peak_memory_bytes > 0);
}

TEST_CASE("exit code 75 means again later, a signal is a crash, all else has failed with its last words") {
  CHECK(Tried("exit 75").work().end == ProgramEnd::later);
  const ProgramResult crashed = Tried("echo so far >&2; kill -SEGV $$").work();
  CHECK(crashed.end == ProgramEnd::crashed);
  CHECK_THAT(crashed.why, Catch::Contains("killed by signal 11") && Catch::Contains("so far"));
  const ProgramResult failed = Tried("seq 1 9 >&2; exit 3").work();
  CHECK(failed.end == ProgramEnd::failed);
  CHECK(failed.why ==
        "the program ended with exit code 3; its last words:\n    5\n    6\n    7\n    8\n    9");
  Tried missing("");
  missing.run.start.command = {"no-such-program-anywhere"};
  const ProgramResult unstarted = missing.work();
  CHECK(unstarted.end == ProgramEnd::failed);
  CHECK_THAT(unstarted.why, Catch::Contains("cannot start 'no-such-program-anywhere': No such file"));
}

TEST_CASE("a program that is asked to stop is interrupted, however it ends") {
  Tried polite(line + "trap 'exit 0' TERM; while :; do sleep 0.02; done");
  polite.stop_after = 1;
  CHECK(polite.work().end == ProgramEnd::stopped);
  Tried rude(line + "trap '' TERM; while :; do sleep 0.02; done");
  rude.stop_after = 1;
  CHECK(rude.work().end == ProgramEnd::stopped);
  Tried told(line + "sleep 60");
  int asked = 0;
  CHECK(told.work([&] { return ++asked < 3; }).end == ProgramEnd::stopped);
}

TEST_CASE("children that ignore SIGTERM, left the group or lost their parent do not outlive the program") {
  for (const std::string& last : {std::string("exit 0"), std::string("exit 1"), std::string("sleep 60")}) {
    Tried tried(
        "(trap '' TERM; sh -c 'echo $$ > $ABLATE_DIR/child; exec sleep 60') & "
        "setsid sh -c 'trap \"\" TERM; echo $$ > $ABLATE_DIR/away; exec sleep 60' & "
        "while [ ! -s $ABLATE_DIR/child ] || [ ! -s $ABLATE_DIR/away ]; do sleep 0.01; done; " +
        line + last);
    if (last == "sleep 60") tried.stop_after = 1;
    tried.work();
    CHECK_FALSE(lives(tried.folder / "child"));
    CHECK_FALSE(lives(tried.folder / "away"));
  }
}

/// The first child of a process.
pid_t child_of(pid_t parent) {
  std::ifstream file(fmt::format("/proc/{0}/task/{0}/children", parent));
  pid_t child = 0;
  file >> child;
  return child;
}

TEST_CASE("a child that left its group outlives no blow at the worker's group, its guard, or both") {
  for (const char* blow : {"group", "outer guard and worker", "inner guard"}) {
    INFO(blow);
    Tried tried(
        "setsid sh -c 'echo $$ > $ABLATE_DIR/new; mv $ABLATE_DIR/new $ABLATE_DIR/away; exec sleep 60' & "
        "sleep 60");
    const pid_t worker = ::fork();
    if (worker == 0) {
      ::setpgid(0, 0);
      tried.work();
      ::_exit(0);
    }
    while (!fs::exists(tried.folder / "away")) ::usleep(5'000);
    const pid_t outer = child_of(worker), inner = child_of(outer);
    if (blow == std::string("group")) ::kill(-worker, SIGKILL);
    if (blow == std::string("inner guard")) ::kill(inner, SIGKILL);
    if (blow == std::string("outer guard and worker")) ::kill(outer, SIGKILL), ::kill(worker, SIGKILL);
    ::waitpid(worker, nullptr, 0);
    bool left = true;
    for (int look = 0; look < 400 && left; ++look, ::usleep(5'000)) left = lives(tried.folder / "away");
    CHECK_FALSE(left);
  }
}

TEST_CASE("a wrong line ends the program, and what came before it counts") {
  Tried tried(line + R"(echo '{"epoch": 2, "a": {}}' >> $ABLATE_METRICS; sleep 60)");
  const ProgramResult result = tried.work();
  CHECK(result.end == ProgramEnd::failed);
  CHECK(tried.epochs == std::vector<int>{1});
  CHECK_THAT(result.why, Catch::Contains("metrics.jsonl:2: 'a' is a nested value"));
}

TEST_CASE("silence and a run that is too long are failures with the limit's name") {
  Tried silent("sleep 60");
  silent.run.limits.silence.seconds = 0.1;
  CHECK_THAT(silent.work().why, Catch::Contains("limits.silence"));
  Tried endless("while :; do echo x; sleep 0.02; done");
  endless.run.limits.silence.seconds = 5;
  endless.run.limits.run.seconds = 0.1;
  CHECK_THAT(endless.work().why, Catch::Contains("limits.run"));
}

TEST_CASE("lines that an earlier attempt left are read before the program starts again") {
  Tried tried("echo '{\"epoch\": 3}' >> $ABLATE_METRICS");
  tried.folder.write("metrics.jsonl", "{\"epoch\": 1}\n{\"epoch\": 2}\n{\"epoch\": 3, \"a");
  CHECK(tried.work().end == ProgramEnd::finished);
  CHECK(tried.epochs == std::vector<int>{1, 2, 3});
}

TEST_CASE("a last line without a line feed counts where the program ended well") {
  Tried tried("printf '{\"epoch\": 1}' >> $ABLATE_METRICS");
  CHECK(tried.work().end == ProgramEnd::finished);
  CHECK(tried.epochs == std::vector<int>{1});
}

TEST_CASE("a program that ends well within a line has failed, and what came before counts") {
  Tried tried(line + "printf '{\"epoch\": 2, \"test.acc' >> $ABLATE_METRICS");
  const ProgramResult result = tried.work();
  CHECK(result.end == ProgramEnd::failed);
  CHECK_THAT(result.why, Catch::Contains("the program ended within a line: ") &&
                             Catch::Contains("metrics.jsonl:2: it is no JSON object"));
  CHECK(tried.epochs == std::vector<int>{1});
}

TEST_CASE("a program that opens the file of metrics for writing each time is told so") {
  Tried tried("for e in 1 2 3; do echo \"{\\\"epoch\\\": $e}\" > $ABLATE_METRICS; sleep 0.1; done");
  const ProgramResult result = tried.work();
  CHECK(result.end == ProgramEnd::failed);
  CHECK_THAT(result.why, Catch::Contains("append to $ABLATE_METRICS (>> in a shell"));
}

TEST_CASE("a program that may stop by itself gets a moment for it") {
  Tried tried(line + "sleep 0.1; echo saved; exit 0");
  tried.stop_after = 1;
  tried.how = ProgramAnswer::stop_soon;
  CHECK(tried.work().end == ProgramEnd::finished);
  CHECK(tried.out == "saved\n");
  Tried deaf(line + "sleep 60");
  deaf.stop_after = 1;
  deaf.how = ProgramAnswer::stop_soon;
  deaf.run.seconds_to_stop_itself = 0.05;
  const ProgramResult ended = deaf.work();
  CHECK(ended.end == ProgramEnd::stopped);
  CHECK(ended.went_on);
  Tried hasty(line + line + "sleep 60");
  hasty.stop_after = 1;
  hasty.how = ProgramAnswer::too_late;
  CHECK(hasty.work().went_on);
}

TEST_CASE("lines of stdout that a pattern matches are epochs, also those that a progress bar overwrites") {
  Tried tried(
      R"(printf 'start\r'; for e in 1 2; do printf "epoch $e: 50%%\repoch $e: loss=0.$e, acc=9$e%%\n"; done)");
  tried.run.metrics_from.emplace();
  tried.run.metrics_from->stdout_line = R"(epoch (?<epoch>\d+): loss=(?<train.loss>\S+) acc=(?P<acc>\S+))";
  tried.run.metrics_from->names.node.add("acc", Node::string("validation.percent"));
  CHECK(tried.work().end == ProgramEnd::finished);
  CHECK(tried.epochs == std::vector<int>{1, 2});
  CHECK(read_file(tried.run.metrics, 1000) ==
        "{\"epoch\": 1, \"train.loss\": 0.1, \"validation.percent\": 91}\n"
        "{\"epoch\": 2, \"train.loss\": 0.2, \"validation.percent\": 92}\n");
}

TEST_CASE("a value of stdout that is no number fails the run with its line and name, and NaN is none") {
  const auto tried = [](const std::string& value) {
    Tried one("printf 'epoch 1 acc=" + value + "\\n'; sleep 0.2");
    one.run.metrics_from.emplace();
    one.run.metrics_from->stdout_line = R"(epoch (?<epoch>\d+) acc=(?<test.accuracy>\S+))";
    const ProgramResult result = one.work();
    return result.end == ProgramEnd::failed ? result.why : read_file(one.run.metrics, 1000);
  };
  CHECK_THAT(tried("0,1"),
             Catch::StartsWith("stdout: 'epoch 1 acc=0,1': test.accuracy is no number: '0,1'\n  try: "));
  CHECK_THAT(
      tried("0.5\\033[0m"),
      Catch::StartsWith(R"(stdout: 'epoch 1 acc=0.5\x1b[0m': test.accuracy is no number: '0.5\x1b[0m')"));
  for (const char* none : {"nan", "-inf", "None", "NA"})
    CHECK(tried(none) == "{\"epoch\": 1, \"test.accuracy\": null}\n");
  CHECK(tried("1%%") == "{\"epoch\": 1, \"test.accuracy\": 1}\n");
  CHECK_THAT(tried("50%%"), Catch::Contains("test.accuracy is 50, which is not from 0 to 1"));
}

TEST_CASE("a file of CSV that is written anew with another column is read on, as Lightning writes it") {
  const std::string begin = "epoch,loss\\n1,0.5\\n2,0.4\\n";
  Tried tried("printf '" + begin + "' > $ABLATE_DIR/m.csv; sleep 0.1; printf '" +
              "epoch,loss,acc\\n1,0.5,\\n2,0.4,\\n2,,0.9\\n3,0.3,0.95\\n' > $ABLATE_DIR/m.csv");
  tried.run.metrics_from.emplace();
  tried.run.metrics_from->csv = "m.csv";
  tried.run.folder = tried.folder.path();
  CHECK(tried.work().end == ProgramEnd::finished);
  CHECK(read_file(tried.run.metrics, 1000) ==
        "{\"epoch\": 1, \"loss\": 0.5}\n{\"epoch\": 2, \"loss\": 0.4, \"acc\": 0.9}\n"
        "{\"epoch\": 3, \"loss\": 0.3, \"acc\": 0.95}\n");
}

TEST_CASE("a byte order mark before a CSV, and a last row without a line feed, lose nothing") {
  Tried tried("printf '\\357\\273\\277epoch,loss\\n1,0.5\\n2,0.4' > $ABLATE_DIR/m.csv; sleep 0.1");
  tried.run.metrics_from.emplace();
  tried.run.metrics_from->csv = "m.csv";
  tried.run.folder = tried.folder.path();
  const ProgramResult result = tried.work();
  CHECK(result.why.empty());
  CHECK(tried.epochs == std::vector<int>{1, 2});
}

TEST_CASE("a line of CSV without an end is refused before it fills the memory") {
  Tried tried("(echo epoch,loss; head -c 6000000 /dev/zero) > $ABLATE_DIR/m.csv; sleep 5");
  tried.run.metrics_from.emplace();
  tried.run.metrics_from->csv = "m.csv";
  tried.run.folder = tried.folder.path();
  CHECK_THAT(tried.work().why, Catch::Contains("m.csv has a line of more than 4 MiB"));
}

TEST_CASE("what a killed program had written of its last epoch is not taken for all of it") {
  Tried tried(
      "printf 'epoch,loss,acc\\n1,0.5,\\n1,,0.9\\n2,0.4,\\n' > $ABLATE_DIR/m.csv; sleep 0.1; kill -KILL $$");
  tried.run.metrics_from.emplace();
  tried.run.metrics_from->csv = "m.csv";
  tried.run.folder = tried.folder.path();
  CHECK(tried.work().end == ProgramEnd::crashed);
  CHECK(tried.epochs == std::vector<int>{1});
  tried.run.start.command = {"sh", "-c", "printf '2,,0.91\\n' >> $ABLATE_DIR/m.csv"};
  tried.run.last_epoch = 1;
  CHECK(tried.work().end == ProgramEnd::finished);
  CHECK_THAT(read_file(tried.run.metrics, 1000),
             Catch::Contains(R"({"epoch": 2, "loss": 0.4, "acc": 0.91})"));
}

TEST_CASE("rows of CSV are taken together by epoch, and those of an earlier attempt only once") {
  const std::string rows =
      "step,epoch,loss,val_acc\n10,0,0.5,\n19,0,,0.81\n20,1,0.4,\n29,1,,0.82\n30,2,0.3,\n";
  Tried tried("mkdir -p $ABLATE_DIR/logs/a; printf '" + rows + "' > $ABLATE_DIR/logs/a/metrics.csv");
  tried.run.metrics_from.emplace();
  tried.run.metrics_from->csv = "logs/*/metrics.csv";
  tried.run.folder = tried.folder.path();
  CHECK(tried.work().end == ProgramEnd::finished);
  CHECK(tried.epochs == std::vector<int>{0, 1, 2});
  CHECK_THAT(read_file(tried.run.metrics, 1000),
             Catch::Contains(R"({"epoch": 1, "loss": 0.4, "val_acc": 0.82})"));
  tried.run.start.command = {"sh", "-c",
                             "printf '39,2,,0.9\\n40,3,0.2,0.91\\n' >> $ABLATE_DIR/logs/a/metrics.csv"};
  tried.run.last_epoch = 2;
  tried.epochs.clear();
  tried.work();
  CHECK(tried.epochs == std::vector<int>{2, 3});
  Tried headless(
      "mkdir -p $ABLATE_DIR/logs/a; printf 'a,b\\n1,2\\n' > $ABLATE_DIR/logs/a/metrics.csv; sleep 1");
  headless.run.metrics_from = tried.run.metrics_from;
  headless.run.folder = headless.folder.path();
  CHECK_THAT(headless.work().why, Catch::Contains("has no column epoch"));
}

TEST_CASE("processes that an earlier attempt left are found by their environment and killed") {
  TemporaryFolder folder;
  const std::string command = "ABLATE_DIR=" + folder.text() + "/run sh -c 'echo $$ > " + folder.text() +
                              "/left; exec sleep 60' > /dev/null 2>&1 & while [ ! -s " + folder.text() +
                              "/left ]; do sleep 0.01; done";
  REQUIRE(std::system(command.c_str()) == 0);
  end_processes_with("ABLATE_DIR=" + folder.text() + "/ru");
  CHECK(lives(folder / "left"));
  end_processes_with("ABLATE_DIR=" + folder.text() + "/run");
  CHECK_FALSE(lives(folder / "left"));
}

}  // namespace
