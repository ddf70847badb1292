#include "report/unpaired.hpp"

#include <catch2/catch.hpp>

#include "report/asked.hpp"
#include "report/fairness.hpp"
#include "report/looks.hpp"
#include "report/report.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// Runs 1 to 6 are A's, the baseline; 7 to 12 are B's.
StudyRecords unpaired() {
  StudyRecords records = synthetic::with_accuracies({six, changed({.10, .11, .10, .12, .11, .10})});
  records.paired = false;
  return records;
}

}  // namespace

TEST_CASE("an unpaired side of which half the runs diverged is not called better") {
  StudyRecords records = unpaired();
  CHECK_THAT(headline(asked(records)), Contains("is better than"));
  for (const std::int64_t run : {7, 8, 9}) synthetic::end(records, run, RunStatus::diverged);
  const Comparison comparison = asked(records);
  CHECK(unpaired_rows(comparison).at(0).word == Word::cannot_say);
  CHECK_THAT(headline(comparison), Contains("cannot say whether") && Contains("diverged under 3 of 6 runs"));
  CHECK_THAT(bullets(comparison),
             Contains("B in 3 of 6 runs, so the runs that survived are not called better"));
}

TEST_CASE("an earlier look at an unpaired study is recorded, and weakens what is said") {
  StudyRecords records = unpaired();
  const auto look = look_at(asked(records), "report");
  REQUIRE(look);
  CHECK(look->look.seeds == 6);
  records.looks = {{"2026-11-26T10:00:00.000Z", "report", "test.accuracy", 4, 8, 2, ""}};
  const Comparison comparison = asked(records);
  CHECK(look_chip(comparison) == "looked at once before");
  CHECK_THAT(bullets(comparison),
             Contains("looked at once before over fewer runs: p and intervals hold for one look only"));
}

TEST_CASE("what was chosen afterwards is said of an unpaired study too") {
  ReportOptions options;
  options.baseline = "B";
  options.afterthoughts = {"confidence 0.5"};
  CHECK_THAT(weaknesses(compare(unpaired(), options)),
             Contains("the baseline B was chosen afterwards") &&
                 Contains("confidence 0.5 was chosen afterwards, uncorrected"));
}

TEST_CASE("runs that failed on one side alone are said to be on that side") {
  StudyRecords records = synthetic::with_accuracies({six, changed({.02, .03, .01, .02, .03, .02})});
  for (const std::int64_t run : {7, 8}) synthetic::end(records, run, RunStatus::failed);
  CHECK_THAT(bullets(asked(records)),
             Contains("2 of 12 planned runs are not in: 2 of 6 of B failed, 0 of 6 of A"));
  for (const std::int64_t run : {1, 2}) synthetic::end(records, run, RunStatus::failed);
  CHECK_THAT(bullets(asked(records)), Contains("4 of 12 planned runs are not in") && !Contains("failed"));
}

TEST_CASE("failed and diverged runs of a grid are added up by side of the contrast") {
  const auto with = changed({.02, .03, .01, .02, .03, .02});
  // none and projection at 64, then at 128: runs 1-6, 7-12, 13-18, 19-24.
  StudyRecords records = synthetic::with_accuracies({six, with, six, with});
  for (const std::int64_t run : {1, 19}) synthetic::end(records, run, RunStatus::failed);
  CHECK_THAT(bullets(asked(records)), Contains("2 of 24 planned runs are not in") && !Contains("failed"));
  for (const std::int64_t run : {7, 20}) synthetic::end(records, run, RunStatus::failed);
  for (const std::int64_t run : {8, 21, 22}) synthetic::end(records, run, RunStatus::diverged);
  CHECK_THAT(bullets(asked(records)),
             Contains("4 of 24 planned runs are not in: 3 of 12 of projection failed, 1 of 12 of none") &&
                 Contains("diverged: projection in 3 of 12"));
}
