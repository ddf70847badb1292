#include "stats/convergence.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using namespace ablate;

namespace {

/// Of every epoch a value.
EpochCurve each(const std::vector<double>& values) {
  EpochCurve curve;
  for (const double value : values) curve.push_back({static_cast<int>(curve.size()) + 1, value});
  return curve;
}

MonitoredCurve curve(const std::vector<double>& values, std::size_t best) {
  return {each(values), best, values.size()};
}

}  // namespace

TEST_CASE("slopes and their interval agree with SciPy's regression") {
  for (const auto& golden : test::golden("slopes")) {
    CAPTURE(golden.line);
    const auto epochs = static_cast<std::size_t>(golden.groups[0][0]);
    std::vector<DifferenceCurve> curves;
    for (std::size_t i = 0; i < golden.groups[1].size(); i += epochs) {
      const auto from = golden.groups[1].begin() + static_cast<std::ptrdiff_t>(i);
      // Flat epochs before, so that the last fifth is all that is judged.
      std::vector<double> one(epochs > 3 ? 4 * epochs : 0, 0.0);
      one.insert(one.end(), from, from + static_cast<std::ptrdiff_t>(epochs));
      curves.push_back(each(one));
    }
    const Movement movement = movement_of(curves, 0.95, 1.0);
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
  const std::vector<DifferenceCurve> growing{each({0.01, 0.02, 0.03}), each({0.01, 0.021, 0.03}),
                                             each({0.01, 0.02, 0.031})};
  CHECK(movement_of(growing, 0.95, 1.0).moving);
  CHECK(movement_of(growing, 0.95, 1.0).growing);
  const std::vector<DifferenceCurve> shrinking{each({-0.03, -0.02, -0.01}), each({-0.03, -0.021, -0.01}),
                                               each({-0.031, -0.02, -0.01})};
  CHECK(movement_of(shrinking, 0.95, 1.0).moving);
  CHECK_FALSE(movement_of(shrinking, 0.95, 1.0).growing);
  const std::vector<DifferenceCurve> still{each({0.01, 0.02, 0.01}), each({0.02, 0.01, 0.03}),
                                           each({0.03, 0.02, 0.02})};
  CHECK_FALSE(movement_of(still, 0.95, 1.0).moving);
  CHECK(movement_of(std::vector<DifferenceCurve>{each({0.1, NAN, 0.2}), each({0.1})}, 0.95, 1.0).slope.n ==
        0);
}

TEST_CASE("a difference that is the same in every epoch does not move by the rounding of its values") {
  const std::vector<DifferenceCurve> alike(3, each({0.05, 0.05, 0.05 + 1e-16}));  // an interval of no width
  CHECK_FALSE(movement_of(alike, 0.95, 0.75).moving);
  CHECK(movement_of(alike, 0.95, 1e-9).moving);
}

TEST_CASE("of a curve with some of its epochs the slope is an epoch's, over those of the last fifth") {
  // 60 epochs, every third: of the last 12 before epoch 58 there are 49, 52, 55 and 58, on a line of slope 0.5.
  EpochCurve sparse;
  for (int epoch = 1; epoch <= 58; epoch += 3) sparse.push_back({epoch, epoch < 49 ? 9.0 : 0.5 * epoch});
  CHECK(slope_of_last(sparse, epochs_judged(60)) == Approx(0.5));
  const MonitoredCurve last{sparse, 60, 60}, before{sparse, 58, 60};
  CHECK(convergence_of(std::vector{last}, Best::lowest, undefined, 0.95).best_last == 1);
  CHECK(convergence_of(std::vector{before}, Best::lowest, undefined, 0.95).best_last == 0);
  const DifferenceCurve shared =
      difference_of({{1, 3.0}, {4, 5.0}, {6, 9.0}}, {{1, 1.0}, {3, 0.0}, {4, 2.0}});
  REQUIRE(shared.size() == 2);
  CHECK((shared[0].epoch == 1 && shared[0].value == 2.0 && shared[1].epoch == 4 && shared[1].value == 3.0));
}
