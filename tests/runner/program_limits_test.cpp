/// Programs that take longer than their study allows, or leave what a reader should know of.

#include <set>

#include <catch2/catch.hpp>

#include "exchange/run_series.hpp"
#include "report/collect.hpp"
#include "report/fairness.hpp"
#include "runner/shell_study.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Reports two epochs and hangs; so many are planned.
struct Hanging : ShellStudy {
  explicit Hanging(int planned)
      : ShellStudy(
            "printf '{\"epoch\": 1}\\n{\"epoch\": 2, \"test.accuracy\": 0.5}\\n' >> \"$ABLATE_METRICS\"\nsleep 1000\n") {
    folder.write("study.yaml",
                 fmt::format("study: shell\ntrainer:\n  command: [sh, train.sh]\n  settings: {{gain: 1}}\n"
                             "  epochs: {}\n  metrics: {{test.accuracy: up}}\n  limits: {{silence: 1s}}\n"
                             "variants: {{baseline: {{gain: 1}}}}\nseeds: 1\n",
                             planned));
  }
};

}  // namespace

TEST_CASE("a program that hangs with all of its epochs in is done, and it is told that it was ended") {
  Hanging shell(2);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 1);
  const std::string note = "after its last epoch, it said nothing for 1.0 s (limits.silence), and was ended";
  CHECK(quiet.endings == std::vector<std::string>{"done: " + note});
  CHECK(shell.runs().front().exit_reason == "all epochs; " + note);
}

TEST_CASE("a program that hangs before its last epoch has failed") {
  Hanging shell(3);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.failed == 1);
  CHECK_THAT(quiet.endings.front(), Contains("failed: it said nothing for 1.0 s (limits.silence)"));
}

TEST_CASE("a program that leaves its last epoch alone is done, and is told how to append") {
  ShellStudy shell(
      "for e in 1 2 3; do echo \"{\\\"epoch\\\": $e, \\\"test.accuracy\\\": 0.$e}\"; done | tail -n 1 > \"$ABLATE_METRICS\"\n");
  Quiet quiet;
  REQUIRE(shell.run(quiet).counts.done == 4);
  CHECK_THAT(quiet.endings.front(),
             Contains("done: it reported no epoch but 3; a program that writes $ABLATE_METRICS") &&
                 Contains("let it append (>> in a shell"));
  CHECK_THAT(shell.runs().front().exit_reason, Contains("all epochs; it reported no epoch but 3"));
}

TEST_CASE("a metric that a run's own predictions contradict is told, and weakens the report") {
  ShellStudy shell(
      R"(for e in 1 2 3; do echo "{\"epoch\": $e, \"test.accuracy\": 0.$((24 + $1))}"; done >> "$ABLATE_METRICS"
printf 'truth,a,b\n0,0.9,0.1\n1,0.2,0.8\n0,0.8,0.2\n1,0.7,0.3\n' > "$ABLATE_DIR/predictions_test.csv"
)",
      "", 6);
  Quiet quiet;
  REQUIRE(shell.run(quiet).counts.done == 12);
  const std::string said = "test.accuracy was reported as 0.25, but its predictions give 0.75";
  CHECK(quiet.endings.front() == "done: " + said);
  CHECK(shell.runs().front().exit_reason == "all epochs; " + said);
  each_series(Reader(shell.database()), Reader(shell.database()).study("shell"), [](const RunSeries& series) {
    std::multiset<std::string> last;  // what an export has of it
    for (const SeriesPoint& point : series.points) {
      if (point.step == 3) last.insert(point.name);
    }
    CHECK(last.count("test.accuracy") == 1);
    CHECK(last.count("test.log_loss") == 1);
  });
  CHECK_THAT(weaknesses(collect(Reader(shell.database()), "shell", {{}, "test.accuracy", 0.95})),
             Contains("what 12 of 12 runs report is not what their predictions give"));
}
