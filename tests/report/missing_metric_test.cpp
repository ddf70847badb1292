#include <catch2/catch.hpp>

#include "report/answer.hpp"
#include "report/collect.hpp"
#include "runner/shell_study.hpp"

using namespace ablate;
using namespace ablate::test;

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

}  // namespace
