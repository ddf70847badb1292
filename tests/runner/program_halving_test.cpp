#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "runner/shell_study.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a program that counts from 0 and ends before its rung fails with what to do") {
  const std::string script =
      "e=0; while [ $e -lt $ABLATE_UNTIL ]; do echo \"{\\\"epoch\\\": $e, \\\"validation.accuracy\\\": 0.5, "
      "\\\"test.accuracy\\\": 0.5}\" >> \"$ABLATE_METRICS\"; e=$((e+1)); done\n";
  ShellStudy shell(script, "stop_rules: {halving: {first: 2, factor: 2, monitor: validation.accuracy}}\n", 1);
  Quiet quiet;
  shell.run(quiet);
  CHECK_THAT(shell.runs().front().error, Catch::Contains("ended after epoch 1, which it counts from 0") &&
                                             Catch::Contains("report epoch + 1"));
}

TEST_CASE("halving stops a program at its rung, by what its own metrics say") {
  for (const char* monitor : {"validation.accuracy", "validation.bleu"}) {
    std::string script = shell_trainer;
    script.replace(script.find("test.bleu"), 9, "validation.bleu");
    ShellStudy shell(
        script, fmt::format("stop_rules: {{halving: {{first: 1, factor: 2, monitor: {}}}}}\n", monitor), 1);
    std::string text = read_file(shell.folder / "study.yaml", 10000);
    text.replace(text.find("[1, 5]"), 6, "[1, 2, 5]");
    text.replace(text.find("test.bleu"), 9, "validation.bleu");
    shell.folder.write("study.yaml", text);
    Quiet quiet;
    const SweepResult result = shell.run(quiet);
    CHECK(result.counts.done == 2);
    CHECK(result.counts.stopped == 1);
    for (const RunRecord& run : shell.runs())
      CHECK((run.status == RunStatus::stopped) == (run.variant == "gain=2"));
  }
}

TEST_CASE("a program that does not heed ABLATE_UNTIL is ended at its rung, and what it reports later waits") {
  const auto loop = [](const char* end) {
    return R"(for e in 1 2 3; do echo "{\"epoch\": $e, \"validation.accuracy\": 0.$((e + $1))}" >> $ABLATE_METRICS; )" +
           std::string(end);
  };
  for (const std::string& script : {loop("done; exit 0"), loop("done; exit 1"), loop("sleep 0.05; done")}) {
    ShellStudy shell(script, "stop_rules: {halving: {first: 1, factor: 2, monitor: validation.accuracy}}\n",
                     1);
    std::string text = read_file(shell.folder / "study.yaml", 10000);
    text.replace(text.find("[1, 5]"), 6, "[1, 2, 5]");
    text.replace(text.find("test.accuracy: up, "), 19, "");
    shell.folder.write("study.yaml", text + "report: {primary: validation.accuracy}\n");
    Quiet quiet;
    const SweepResult result = shell.run(quiet);
    CHECK(result.counts.stopped == 1);
    const Reader reader(shell.database());
    for (const RunRecord& run : shell.runs())
      CHECK(epochs_of(reader, run.id) == (run.status == RunStatus::stopped ? "1" : "1 2 3"));
    CHECK(quiet.endings.front() ==
          "waiting: the program continued past $ABLATE_UNTIL, epoch 1, and was ended there");
  }
}
