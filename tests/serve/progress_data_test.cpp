#include "serve/progress_data.hpp"

#include <catch2/catch.hpp>

using namespace ablate;

namespace {

RunRecord run_of(std::int64_t variant, RunStatus status, int epochs_done, double seconds) {
  RunRecord run;
  run.variant_id = variant;
  run.status = status;
  run.epochs_done = epochs_done;
  if (seconds > 0.0) run.course.seconds = seconds;
  return run;
}

}  // namespace

TEST_CASE("the time that is left of a sweep is told by what finished runs of each variant took") {
  const std::map<std::int64_t, int> epochs = {{1, 10}, {2, 10}};
  const std::vector<RunRecord> runs = {
      run_of(1, RunStatus::done, 10, 20.0), run_of(2, RunStatus::done, 10, 60.0),
      run_of(1, RunStatus::running, 5, 1000.0),  // half of 20 s, however long it took so far
      run_of(2, RunStatus::running, 0, 0.0), run_of(2, RunStatus::planned, 0, 0.0)};
  CHECK(seconds_left(runs, epochs) == (10.0 + 60.0 + 60.0) / 2);
}

TEST_CASE("until a first run is done, the time that is left is told by how far those under way have come") {
  const std::map<std::int64_t, int> epochs = {{1, 10}};
  std::vector<RunRecord> runs = {run_of(1, RunStatus::running, 5, 30.0),
                                 run_of(1, RunStatus::planned, 0, 0.0)};
  CHECK(seconds_left(runs, epochs) == 30.0 + 60.0);
  runs[0].epochs_done = 0;
  CHECK_FALSE(seconds_left(runs, epochs));
  runs[0] = run_of(1, RunStatus::done, 10, 30.0);
  CHECK_FALSE(seconds_left(runs, epochs));  // nobody is at work
}
