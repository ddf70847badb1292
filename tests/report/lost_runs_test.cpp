// Failing is an outcome: the seeds that both sides finished are a selected sample.
#include "report/lost_runs.hpp"

#include <catch2/catch.hpp>

#include "report/asked.hpp"
#include "report/section_of.hpp"
#include "report/unpaired.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// Runs 1 to 12 are A's, 13 to 24 B's, which is better under every seed.
StudyRecords better_by_a_point() {
  std::vector<double> a, b;
  for (int seed = 0; seed < 12; ++seed) {
    a.push_back(0.8 + 0.001 * (seed * 5 % 12));
    b.push_back(a.back() + 0.01 + 0.0001 * (seed * 7 % 12));
  }
  return synthetic::with_accuracies({a, b});
}

void end_all(StudyRecords& records, std::int64_t from, std::int64_t to, RunStatus status) {
  for (std::int64_t run = from; run <= to; ++run) synthetic::end(records, run, status);
}

}  // namespace

TEST_CASE("a side of which half the runs failed is not called better") {
  StudyRecords records = better_by_a_point();
  CHECK_THAT(headline(asked(records)), Contains("projection is better than none"));
  end_all(records, 13, 18, RunStatus::failed);
  const Comparison comparison = asked(records);
  CHECK(
      headline(comparison) ==
      "skip: 12 seeds cannot say whether projection is better or worse than none: projection failed under 6 of them.");
  // Six wins and six losses: no test needed.
  CHECK_THAT(bullets(comparison),
             Contains("6 of 24 planned runs are not in: 6 of 12 of B failed, 0 of 12 of A, so "
                      "neither side is called better") &&
                 Contains("cannot say: runs failed") && Contains("a sign test has p 1)"));
  CHECK_THAT(bullets(comparison), !Contains("diverged"));
  CHECK(figure_of(comparison, "contrast").forest->rows.at(0).note == "cannot say: runs failed");
}

TEST_CASE("failing takes nothing from the side that finished, and counts beside divergence") {
  StudyRecords records = better_by_a_point();
  end_all(records, 1, 3, RunStatus::failed);
  CHECK_THAT(headline(asked(records)), Contains("projection is better than none"));
  end_all(records, 13, 13, RunStatus::diverged);
  CHECK_THAT(headline(asked(records)),
             Contains("projection is better than none"));  // under a seed that A failed, too
  end_all(records, 14, 15, RunStatus::failed);
  end_all(records, 16, 16, RunStatus::diverged);
  CHECK(
      headline(asked(records)) ==
      "skip: 12 seeds cannot say whether projection is better or worse than none: projection alone diverged or failed under 1 of them.");
}

TEST_CASE("a variant whose runs all failed is told as such") {
  StudyRecords records = better_by_a_point();
  end_all(records, 13, 24, RunStatus::failed);
  CHECK(
      headline(asked(records)) ==
      "skip: 12 seeds cannot say whether projection is better or worse than none: projection failed under all of them.");
}

TEST_CASE("an unpaired side of which half the runs failed is not called better") {
  StudyRecords records = better_by_a_point();
  records.paired = false;
  end_all(records, 13, 18, RunStatus::failed);
  const Comparison comparison = asked(records);
  CHECK_THAT(headline(comparison), Contains("cannot say whether") && Contains("B failed under 6 of 12 runs"));
  CHECK_THAT(bullets(comparison), Contains("so the runs that survived are not called better"));
}
