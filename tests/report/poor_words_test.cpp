// The English of studies of which little or nothing is left.
#include <catch2/catch.hpp>

#include "report/asked.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"
#include "report/verdict.hpp"

using namespace ablate;
using Catch::Contains;

TEST_CASE("a study of one seed is told in the singular, without an interval") {
  const auto comparison = asked(synthetic::with_accuracies({{.8}, {.9}}));
  CHECK(headline(comparison) ==
        "skip: 1 seed cannot say whether projection is better or worse than none in test.accuracy.");
  CHECK_THAT(bullets(comparison),
             Contains("Effect (1 seed, no interval): skip: none → projection +0.1000 cannot say."));
}

TEST_CASE(
    "a study of which one side always diverged has no empty picture, and counts no seeds that survived") {
  auto records = synthetic::with_accuracies({six, six});
  for (std::int64_t run = 7; run <= 12; ++run) synthetic::end(records, run, RunStatus::diverged);
  const auto comparison = asked(records);
  CHECK_THAT(headline(comparison), Contains("projection diverged under all of them."));
  CHECK_THAT(
      bullets(comparison),
      Contains("Effect: skip: none → projection: cannot say, projection diverged under 6 of 6 seeds.") &&
          Contains("diverged: B in 6 of 6 runs;") && !Contains("survived") && !Contains("0 seeds"));
  CHECK(section_of(comparison, "contrasts").figures.empty());
}

TEST_CASE("why nothing is compared is said in one sentence, and what was reached in another") {
  auto records = synthetic::with_accuracies({six, six});
  for (std::int64_t run = 7; run <= 12; ++run) synthetic::end(records, run, RunStatus::interrupted);
  CHECK_THAT(
      headline(asked(records)),
      Contains(
          "No variant shares a finished seed with the baseline (no value under any seed of the baseline's: "
          "B). A with test.accuracy 0.8033"));
}
