/// What programs are given, and what they do with it that nobody expected.

#include <algorithm>
#include <cstdlib>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "runner/shell_study.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

const std::string line = "echo '{\"epoch\": 1, \"test.accuracy\": 0.5}' >> \"$ABLATE_METRICS\"\n";

/// An environment variable while this lives.
struct Variable {
  Variable(const char* variable, const char* value) : name(variable) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name); }
  const char* name;
};

void replace_in_study(const ShellStudy& shell, const std::string& old, const std::string& now) {
  std::string text = read_file(shell.folder / "study.yaml", 10'000);
  shell.folder.write("study.yaml", text.replace(text.find(old), old.size(), now));
}

}  // namespace

TEST_CASE(
    "a run sees as many GPUs as it asks for of those that are visible, and all where it asks for none") {
  const Variable visible("CUDA_VISIBLE_DEVICES", "GPU-a,3");
  for (const auto& [asked, seen] :
       {std::pair("  resources: {gpus: 1}\n", "GPU-a\n"), std::pair("", "GPU-a,3\n")}) {
    ShellStudy shell("echo \"$CUDA_VISIBLE_DEVICES\" > \"$ABLATE_DIR/seen\"\n" + line, "", 1);
    replace_in_study(shell, "  limits:", std::string(asked) + "  limits:");
    Quiet quiet;
    CHECK(shell.run(quiet).counts.done == 2);
    CHECK(read_file(shell.folder_of(shell.runs().front()) / "seen", 100) == seen);
  }
}

TEST_CASE("braces in values and in names of variants are text, and no shell reads them") {
  ShellStudy shell("printf '%s' \"$1\" > \"$ABLATE_DIR/given\"\n" + line, "", 1);
  replace_in_study(shell, "gain: 1, epochs", "gain: \"{seed}\", epochs");
  replace_in_study(shell, "{baseline: {gain: 1}, grid: {gain: [1, 5]}}",
                   "{list: {\"{dir} {nope}\": {gain: \"{seed}\"}, \"$(x)\": {gain: \"`ls` $HOME %s\"}}}");
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 2);
  const auto runs = shell.runs();
  CHECK(runs[0].variant == "{dir} {nope}");
  CHECK(read_file(shell.folder_of(runs[0]) / "given", 100) == "{seed}");
  CHECK(read_file(shell.folder_of(runs[1]) / "given", 100) == "`ls` $HOME %s");
}

TEST_CASE("a program that ends with exit code 75 is started again until it goes on") {
  ShellStudy shell("[ $ABLATE_ATTEMPT = 2 ] || exit 75\n" + line, "", 1);
  replace_in_study(shell, "grid: {gain: [1, 5]}", "grid: {gain: [1]}");
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 1);
  CHECK(shell.runs().front().attempt == 2);
  REQUIRE(quiet.endings.size() == 2);
  CHECK_THAT(quiet.endings.front(), Catch::Contains("started again later (exit code 75)"));
}

TEST_CASE("a program that asks for later is tried again after the runs that can begin, by every worker") {
  for (const int jobs : {1, 2}) {
    const std::string asks = "[ $1 = 1 ] && [ $ABLATE_SEED = 1 ] && [ $ABLATE_ATTEMPT -lt 3 ] && exit 75\n";
    ShellStudy shell(asks + line, "", 2);
    replace_in_study(shell, "grid: {gain: [1, 5]}", "grid: {gain: [1, 5, 6]}");
    Quiet quiet;
    CHECK(shell.run(quiet, jobs).counts.done == 6);
    REQUIRE(quiet.endings.size() >= 8);
    CHECK(std::any_of(quiet.endings.begin(), quiet.endings.end(), [](const std::string& ending) {
      return ending.find("other runs come first, and it waits 1 s") != std::string::npos;
    }));
    const auto runs = shell.runs();
    CHECK(runs.front().attempt == 3);
    if (jobs == 1) CHECK(quiet.endings[1].starts_with("done"));
  }
}

TEST_CASE("thousands of metrics in a line are kept") {
  ShellStudy shell(R"({ printf '{"epoch": 1, "test.accuracy": 0.5'
seq 1 9990 | sed 's/.*/, "m&": &/' | tr -d '\n'; echo '}'; } >> "$ABLATE_METRICS")",
                   "", 1);
  Quiet quiet;
  CHECK(shell.run(quiet).counts.done == 2);
  const auto values = Reader(shell.database()).run_selected_values(1);
  REQUIRE(values.size() == 9'990);
  double sum = 0.0;
  for (const auto& value : values) sum += value.value.value;
  CHECK(sum == 9'990.0 * 9'991 / 2);
}

TEST_CASE("a folder that cannot be made for a run stops the sweep by name, and the run is not lost") {
  ShellStudy shell(line, "", 1);
  shell.folder.write("a.db.runs", "");
  Quiet quiet;
  CHECK_THROWS_WITH(shell.run(quiet, 1),
                    Catch::Contains("the run's folder " + shell.folder.text() + "/a.db.runs/") &&
                        Catch::Contains("cannot be written: Not a directory") &&
                        Catch::Contains("another --db"));
  fs::remove(shell.folder / "a.db.runs");
  CHECK(shell.run(quiet, 1).counts.done == 2);
}
