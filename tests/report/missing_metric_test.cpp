#include <set>

#include <catch2/catch.hpp>

#include "exchange/run_series.hpp"
#include "report/answer.hpp"
#include "report/collect.hpp"
#include "report/fairness.hpp"
#include "report/lost_runs.hpp"
#include "report/verdict.hpp"
#include "runner/shell_study.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// What is said of runs that report these metrics, where the report rests on test.accuracy.
std::string said_of(const std::string& metrics) {
  ShellStudy shell("echo '{\"epoch\": 1, " + metrics + "}' >> \"$ABLATE_METRICS\"",
                   "report: {primary: test.accuracy}\n");
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 4);
  return why_no_answer(collect(Reader(shell.database()), "shell", {{}, "test.accuracy", 0.95}));
}

TEST_CASE("where no run has the metric that a report rests on, it says which they have and which is near") {
  const std::string none = "No verdict: none of the 4 finished runs has a value of test.accuracy.";
  CHECK(said_of(R"("test.acc": 0.5, "validation.loss": 0.1)") ==
        none + " They report test.acc, validation.loss. Is test.acc meant?");
  CHECK(said_of(R"("test.acuracy": 0.5)") == none + " They report test.acuracy. Is test.acuracy meant?");
  CHECK(said_of(R"("train.loss": 0.5)") == none + " They report train.loss.");
}

/// Of runs that report test.accuracy after three epochs; those of gain 5 report this after the last.
Comparison judged_where_gain_5_ends_with(const std::string& metrics) {
  ShellStudy shell(
      "for e in 1 2 3; do metrics='\"test.accuracy\": 0.5'\n"
      "test $1$e = 53 && metrics='" +
          metrics +
          "'\n"
          "echo \"{\\\"epoch\\\": $e, $metrics}\" >> \"$ABLATE_METRICS\"; done",
      "report: {primary: test.accuracy}\n");
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 4);
  return collect(Reader(shell.database()), "shell", {{}, "test.accuracy", 0.95});
}

TEST_CASE("a metric that is not reported at the last epoch is told as that, and no run as diverged") {
  for (const char* metrics : {R"("train.loss": 0.1)", R"("test.log_loss": 0.1)"}) {
    const Comparison comparison = judged_where_gain_5_ends_with(metrics);
    CHECK(weaknesses(comparison)
              .find("test.accuracy is not reported at the epoch that counts: gain 5 in 2 of 2 runs") !=
          std::string::npos);
    CHECK(verdict(comparison).find("diverged") == std::string::npos);
    CHECK(standing_text(comparison, comparison.variants[1].runs[0]) == "not reported at epoch 3");
  }
}

TEST_CASE("a metric that ends as NaN is told as diverged") {
  const Comparison comparison = judged_where_gain_5_ends_with(R"("test.accuracy": NaN)");
  CHECK(weaknesses(comparison).find("diverged: gain 5 in 2 of 2 runs") != std::string::npos);
  CHECK(standing_text(comparison, comparison.variants[1].runs[0]) == "diverged");
}

TEST_CASE("runs whose epochs are counted from 0 are not told as shorter than planned") {
  const auto weakens = [](int last) {
    ShellStudy shell(
        fmt::format("for e in $(seq 0 {}); do echo '{{\"epoch\": '$e', \"test.accuracy\": 0.5}}'; "
                    "done >> \"$ABLATE_METRICS\"",
                    last),
        "report: {primary: test.accuracy}\n");
    Quiet quiet;
    CHECK(shell.run(quiet).counts.done == 4);
    return weaknesses(collect(Reader(shell.database()), "shell", {{}, "test.accuracy", 0.95}))
               .find("other numbers of epochs") != std::string::npos;
  };
  CHECK_FALSE(weakens(2));
  CHECK(weakens(1));
}

TEST_CASE("where the metric of every run ends as NaN, it is not told as one that was not reported") {
  ShellStudy shell(
      "for e in 1 2; do echo '{\"epoch\": '$e', \"train.loss\": 1, \"test.bleu\": '$([ $e = 1 ] && echo 0.5 || echo "
      "NaN)'}'; done >> $ABLATE_METRICS",
      "report: {primary: test.bleu}\n");
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 4);
  CHECK(
      why_no_answer(collect(Reader(shell.database()), "shell", {{}, "test.bleu", 0.95})) ==
      "No verdict: test.bleu of the 4 finished runs is not a number at the epoch that counts: they diverged.");
}

TEST_CASE("where no run reports the metric with its last epoch, it says that others have it") {
  const std::string script =
      "echo '{\"epoch\": 1, \"test.accuracy\": 0.5}' >> $ABLATE_METRICS; echo '{\"epoch\": 2, \"train.loss\": 0.5}' "
      ">> $ABLATE_METRICS";
  ShellStudy shell(script, "report: {primary: test.accuracy}\n");
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 4);
  CHECK(
      why_no_answer(collect(Reader(shell.database()), "shell", {{}, "test.accuracy", 0.95})) ==
      "No verdict: none of the 4 finished runs has a value of test.accuracy at the epoch that counts. They report "
      "it at others, the last of which is 1: the program must report it with its last epoch, or with the one that "
      "trainer.select chooses.");
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

}  // namespace
