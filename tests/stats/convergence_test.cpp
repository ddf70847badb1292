#include "stats/convergence.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using namespace ablate;

namespace {

MonitoredCurve curve(std::vector<double> values, std::size_t best) { return {std::move(values), best}; }

}  // namespace

TEST_CASE("slopes and their interval agree with SciPy's regression") {
  for (const auto& golden : test::golden("slopes")) {
    CAPTURE(golden.line);
    const auto epochs = static_cast<std::size_t>(golden.groups[0][0]);
    std::vector<DifferenceCurve> curves;
    for (std::size_t i = 0; i < golden.groups[1].size(); i += epochs) {
      const auto from = golden.groups[1].begin() + static_cast<std::ptrdiff_t>(i);
      // Flat epochs before, so that the last fifth is all that is judged.
      DifferenceCurve& one = curves.emplace_back(epochs > 3 ? 4 * epochs : 0, 0.0);
      one.insert(one.end(), from, from + static_cast<std::ptrdiff_t>(epochs));
    }
    const Movement movement = movement_of(curves, 0.95);
    CHECK(movement.epochs == epochs);
    test::check_agree(
        std::vector<double>{movement.slope.mean, movement.slope.interval.low, movement.slope.interval.high},
        golden.groups[2], 1e-9);
  }
}

TEST_CASE("the last fifth is judged, and three epochs at least") {
  CHECK(epochs_judged(100) == 20);
  CHECK(epochs_judged(21) == 5);
  CHECK(epochs_judged(20) == 4);
  CHECK(epochs_judged(10) == 3);
  CHECK(epochs_judged(2) == 2);
  CHECK(epochs_judged(0) == 0);
}

TEST_CASE("runs whose best epoch is their last are still improving") {
  const std::vector<MonitoredCurve> half{curve({1, 1, 1, 1}, 4), curve({1, 1, 1, 1}, 2)};
  const std::vector<MonitoredCurve> third{curve({1, 1, 1, 1}, 4), curve({1, 1, 1, 1}, 2),
                                          curve({1, 1, 1, 1}, 1)};
  CHECK(convergence_of(half, Best::lowest, 0.1, 0.95).still_improving);
  CHECK_FALSE(convergence_of(third, Best::lowest, 0.1, 0.95).still_improving);
}

TEST_CASE("a slope counts where it could make up a quarter of the difference, in the better direction") {
  // Loss falls by 0.01 an epoch over the last three of six, and by a little more or less from run to run.
  const std::vector<MonitoredCurve> falling{curve({9, 9, 9, 0.52, 0.51, 0.50}, 3),
                                            curve({9, 9, 9, 0.521, 0.51, 0.50}, 3),
                                            curve({9, 9, 9, 0.52, 0.51, 0.501}, 3)};
  CHECK(convergence_of(falling, Best::lowest, 0.1, 0.95).still_improving);        // 3 * 0.01 > 0.1 / 4
  CHECK_FALSE(convergence_of(falling, Best::lowest, 0.2, 0.95).still_improving);  // but not 0.2 / 4
  CHECK_FALSE(convergence_of(falling, Best::highest, 0.1, 0.95).still_improving);
  CHECK_FALSE(convergence_of(falling, Best::lowest, undefined, 0.95).still_improving);
  CHECK_FALSE(convergence_of({}, Best::lowest, 0.1, 0.95).still_improving);
}

TEST_CASE("a difference that is still moving is said to grow or to shrink") {
  const std::vector<DifferenceCurve> growing{{0.01, 0.02, 0.03}, {0.01, 0.021, 0.03}, {0.01, 0.02, 0.031}};
  CHECK(movement_of(growing, 0.95).moving);
  CHECK(movement_of(growing, 0.95).growing);
  const std::vector<DifferenceCurve> shrinking{
      {-0.03, -0.02, -0.01}, {-0.03, -0.021, -0.01}, {-0.031, -0.02, -0.01}};
  CHECK(movement_of(shrinking, 0.95).moving);
  CHECK_FALSE(movement_of(shrinking, 0.95).growing);
  const std::vector<DifferenceCurve> still{{0.01, 0.02, 0.01}, {0.02, 0.01, 0.03}, {0.03, 0.02, 0.02}};
  CHECK_FALSE(movement_of(still, 0.95).moving);
  CHECK(movement_of(std::vector<DifferenceCurve>{{0.1, NAN, 0.2}, {0.1}}, 0.95).slope.n == 0);
}
