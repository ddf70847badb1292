#include "stats/summary.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

TEST_CASE("a summary has the mean, the sample's deviation and the extremes") {
  const ablate::Summary s = ablate::summarize(std::vector<double>{2, 4, 4, 4, 5, 5, 7, 9});
  CHECK(s.n == 8);
  CHECK(s.mean == 5.0);
  CHECK(s.standard_deviation == Approx(std::sqrt(32.0 / 7.0)));
  CHECK(s.minimum == 2.0);
  CHECK(s.maximum == 9.0);
}

TEST_CASE("a small spread far from zero is not lost") {
  const ablate::Summary s = ablate::summarize(std::vector<double>{1e9 + 1, 1e9 + 2, 1e9 + 3});
  CHECK(s.standard_deviation == 1.0);
}

TEST_CASE("one value has a mean but no spread, none has neither") {
  const ablate::Summary one = ablate::summarize(std::vector<double>{3.5});
  CHECK(one.mean == 3.5);
  CHECK(one.minimum == 3.5);
  CHECK(std::isnan(one.standard_deviation));
  CHECK(std::isnan(ablate::t_interval(one, 0.95).low));
  const ablate::Summary none = ablate::summarize({});
  CHECK(none.n == 0);
  CHECK(std::isnan(none.mean));
  CHECK(std::isnan(none.maximum));
  CHECK(std::isnan(ablate::t_interval(none, 0.95).high));
}

TEST_CASE("a t interval is that of the printed tables") {
  // t at 0.975 and 4 degrees of freedom is 2.776 in any table (Student 1908 and after).
  const ablate::Summary s{.n = 5, .mean = 10.0, .standard_deviation = std::sqrt(5.0)};
  const ablate::Interval interval = ablate::t_interval(s, 0.95);
  CHECK(interval.low == Approx(10.0 - 2.776).margin(5e-4));
  CHECK(interval.high == Approx(10.0 + 2.776).margin(5e-4));
}

TEST_CASE("values without spread have a point for an interval") {
  const ablate::Interval interval =
      ablate::t_interval(ablate::summarize(std::vector<double>{0.5, 0.5, 0.5}), 0.95);
  CHECK(interval.low == 0.5);
  CHECK(interval.high == 0.5);
}

TEST_CASE("a confidence outside of (0, 1) is refused") {
  const ablate::Summary s{.n = 5, .mean = 0.0, .standard_deviation = 1.0};
  for (const double confidence : {0.0, 1.0, -0.5, 95.0, std::nan("")}) {
    CHECK_THROWS_AS(ablate::t_interval(s, confidence), std::invalid_argument);
  }
}

TEST_CASE("the interquartile mean leaves a quarter away at each end, in whole values") {
  CHECK(ablate::interquartile_mean(std::vector<double>{100, 2, 3, -50}) == 2.5);
  CHECK(ablate::interquartile_mean(std::vector<double>{1, 2, 9}) == 4.0);
  CHECK(ablate::interquartile_mean(std::vector<double>{7, 1, 2, 3, 4, 90, -9, 5, 6}) == 4.0);
  CHECK(std::isnan(ablate::interquartile_mean({})));
  CHECK(std::isnan(ablate::interquartile_mean(std::vector<double>{1, 2, 3, std::nan("")})));
}
