/// Programs that take longer than their study allows, or leave what a reader should know of.

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "runner/program_records.hpp"
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

TEST_CASE(
    "a program that goes on after its last planned epoch is told apart from one that trained all epochs") {
  ShellStudy shell(
      R"(for e in 1 2 3 4; do echo '{"epoch": '$e', "test.accuracy": 1}' >> "$ABLATE_METRICS"; done)", "", 1);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 2);
  CHECK(shell.runs().front().exit_reason == "went on after epoch 3, the last planned, to epoch 4");
}

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

namespace {

/// Says what a run of three planned epochs came to, whose program writes these lines.
std::string end_of(const std::vector<int>& epochs) {
  std::string script;
  for (const int epoch : epochs)
    script += fmt::format("echo '{{\"epoch\": {}, \"test.accuracy\": 0.5}}' >> \"$ABLATE_METRICS\"\n", epoch);
  ShellStudy shell(script, "", 1);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 2);
  return shell.runs().front().exit_reason;
}

}  // namespace

TEST_CASE("epochs that are counted from 0 are all epochs") {
  CHECK(end_of({0, 1, 2}) == "all epochs, counted from 0");
  CHECK(end_of({0, 1, 2, 3}) == "all epochs");
  CHECK(end_of({0, 1}) == "ended by itself after epoch 1 of 3");
}

TEST_CASE("epochs that are missing, or come out of order, are told") {
  CHECK(end_of({1, 3}) == "all epochs; epoch 2 is missing between those that it reported");
  CHECK(end_of({3, 2, 1}) == "all epochs; epoch 2 came after epoch 3");
  CHECK(missing_text({1, 2, 5, 6, 9}) ==
        "epoch 3 (the first of 4) is missing between those that it reported");
  for (const std::set<int>& whole :
       std::vector<std::set<int>>{{}, {0}, {7}, {0, 1, 2}, {5, 10, 15}, {0, 5, 10}})
    CHECK(missing_text(whole).empty());
}

TEST_CASE("a file of CSV counts to its last row where its program hangs with all of its epochs in") {
  for (const int first : {0, 1}) {
    Hanging shell(3);
    std::string rows = "epoch,test.accuracy\\n";
    for (int epoch = first; epoch < first + 3; ++epoch) rows += fmt::format("{},0.5\\n", epoch);
    shell.folder.write("train.sh", "printf '" + rows + "' > \"$ABLATE_DIR/m.csv\"\nsleep 1000\n");
    std::string study = read_file(shell.folder / "study.yaml", 10'000);
    study.replace(study.find("  limits:"), 0, "  metrics_from: {csv: m.csv}\n");
    shell.folder.write("study.yaml", study);
    Quiet quiet;
    CHECK(shell.run(quiet).counts.done == 1);
    CHECK_THAT(shell.runs().front().exit_reason, Contains("after its last epoch, it said nothing for 1.0 s"));
  }
}
