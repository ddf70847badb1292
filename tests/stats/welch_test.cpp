#include "stats/welch.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace ablate;

namespace {

// SciPy 1.17.1: ttest_ind(a, b, equal_var=False), its confidence_interval(0.95), and of the second pair that of
// 1 - 0.05 / 3.
TEST_CASE("two independent samples differ as Welch's t has it") {
  const std::vector<double> a = {30.02, 29.99, 30.11, 29.97, 30.01, 29.99},
                            b = {29.89, 29.93, 29.72, 29.98, 30.02, 29.98};
  const IndependentDifference one = independent_difference(b, a, 0.95, 1);
  CHECK(one.difference == Approx(0.095));
  CHECK(one.t == Approx(1.9590058081081434).epsilon(1e-10));
  CHECK(one.degrees == Approx(7.030559959884322).epsilon(1e-10));
  CHECK(one.p == Approx(0.09077332428566112).epsilon(1e-10));
  CHECK(one.interval.low == Approx(-0.01956908964604008).epsilon(1e-10));
  CHECK(one.interval.high == Approx(0.20956908964604493).epsilon(1e-10));
  const IndependentDifference of_three =
      independent_difference(std::vector{1.0, 2.0, 3.0, 4.0}, std::vector{3.0, 5.0, 6.0, 7.0, 9.0}, 0.95, 3);
  CHECK(of_three.p == Approx(3 * 0.023539173118760942).epsilon(1e-10));
  CHECK(of_three.interval.low == Approx(-0.3049439056212).epsilon(1e-10));
  CHECK(of_three.interval.high == Approx(7.304943905621205).epsilon(1e-10));
}

TEST_CASE("of several differences p and intervals are corrected together") {
  const std::vector<double> a = {1, 2, 3, 4}, b = {3, 5, 6, 7, 9};
  for (const std::size_t rows : {1u, 2u, 7u, 20u}) {
    const IndependentDifference d = independent_difference(a, b, 0.95, rows);
    CHECK((d.p <= 0.05) == (d.interval.low > 0.0));
    CHECK(d.p == Approx(std::min(1.0, static_cast<double>(rows) * independent_difference(a, b, 0.95, 1).p)));
    const IndependentDifference other_way = independent_difference(b, a, 0.95, rows);
    CHECK(other_way.interval.low == Approx(-d.interval.high));
  }
}

TEST_CASE("what two samples cannot say is no number") {
  CHECK(independent_difference(std::vector{1.0}, std::vector{2.0, 3.0}, 0.95, 1).reason ==
        "a side has fewer than two runs");
  CHECK(independent_difference(std::vector{1.0}, std::vector{2.0, 3.0}, 0.95, 1).difference == 1.5);
  CHECK(independent_difference(std::vector{1.0, 1.0}, std::vector{2.0, 2.0}, 0.95, 1).reason ==
        "neither side has any spread");
  CHECK(std::isnan(independent_difference({}, std::vector{2.0, 2.0}, 0.95, 1).difference));
  CHECK_THROWS_AS(independent_difference({}, {}, 1.0, 1), std::invalid_argument);
  CHECK_THROWS_AS(independent_difference({}, {}, 0.95, 0), std::invalid_argument);
}

}  // namespace
