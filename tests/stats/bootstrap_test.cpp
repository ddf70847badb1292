#include "stats/bootstrap.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "compute/normal.hpp"
#include "stats/golden.hpp"

using ablate::bca_interval;
using ablate::Interval;

namespace {

// The same indices as in tests/support/make_stats_golden.py.
std::vector<double> generated_means(const std::vector<double>& values, std::uint64_t seed) {
  std::vector<double> means(600);
  for (double& mean : means) {
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      seed = (1103515245 * seed + 12345) % (std::uint64_t{1} << 31);
      sum += values[(seed >> 16) % values.size()];
    }
    mean = sum / static_cast<double>(values.size());
  }
  return means;
}

/// How often the interval holds the mean 0 of normal values.
double coverage(std::size_t n, int trials) {
  ablate::Stream stream(1, "test/coverage");
  int held = 0;
  std::vector<double> values(n);
  for (int trial = 0; trial < trials; ++trial) {
    for (double& value : values) value = ablate::compute::normal(stream);
    const Interval interval = bca_interval(values, 0.95, 999).interval;
    held += interval.low <= 0.0 && 0.0 <= interval.high;
  }
  return static_cast<double>(held) / trials;
}

}  // namespace

TEST_CASE("a BCa interval of given resamples is SciPy's") {
  const auto cases = ablate::test::golden("bootstrap");
  CHECK(cases.size() == 28);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto values = ablate::test::in_4096ths(golden.groups[1]);
    const auto seed = static_cast<std::uint64_t>(golden.groups[0][1]);
    const Interval interval = bca_interval(values, generated_means(values, seed), golden.groups[0][0]);
    ablate::test::check_agree(std::array{interval.low, interval.high}, golden.groups[2]);
  }
}

TEST_CASE("the same values give the same bootstrap interval, bit for bit") {
  const std::vector<double> values{0.1, 0.4, 0.2, 0.9, 0.3};
  const Interval first = bca_interval(values, 0.95).interval, again = bca_interval(values, 0.95).interval;
  CHECK(first.low == again.low);
  CHECK(first.high == again.high);
  CHECK(first.low > 0.1);
  CHECK(first.high < 0.9);
}

TEST_CASE("the BCa interval holds the mean as often as its promise says") {
  // Bounds are wide: with 2000 trials the share's standard error is below 0.01.
  CHECK(coverage(5, 2000) == Approx(0.83).margin(0.03));
  CHECK(coverage(10, 2000) == Approx(0.90).margin(0.03));
  CHECK(coverage(25, 2000) == Approx(0.93).margin(0.03));
}

TEST_CASE("no bootstrap interval is given where resamples cannot reach the confidence") {
  const auto reason = [](std::vector<double> values, double confidence, std::size_t resamples = 9999) {
    return std::string(bca_interval(values, confidence, resamples).reason);
  };
  CHECK(reason({}, 0.95) == "a single value has no spread");
  CHECK(reason({1.0}, 0.95) == "a single value has no spread");
  CHECK(reason({1.0, 2.0, 4.0}, 0.95) == "so few values cannot be resampled to this confidence");
  CHECK(reason({1.0, 2.0, 4.0}, 0.9).empty());
  CHECK(reason({1.0, 2.0, 4.0, 5.0}, 0.95).empty());
  CHECK(reason({1.0, 2.0, 4.0, 5.0}, 0.95, 20) == "so few resamples do not reach this confidence");
  CHECK(reason({1.0, INFINITY, 4.0, 5.0}, 0.95) == "a value is not a finite number");
  CHECK(std::isnan(bca_interval(std::vector<double>{1.0, 2.0, 4.0}, 0.95).interval.low));
}

TEST_CASE("values without spread have a point for a bootstrap interval") {
  const Interval interval = bca_interval(std::vector<double>(5, 0.25), 0.95).interval;
  CHECK(interval.low == 0.25);
  CHECK(interval.high == 0.25);
}

TEST_CASE("resampled means that all lie on one side give no interval") {
  const Interval interval = bca_interval(std::vector<double>{1.0, 2.0}, std::vector<double>(9, 1.0), 0.9);
  CHECK(std::isnan(interval.low));
}

TEST_CASE("a confidence outside of (0, 1) is refused by the bootstrap too") {
  CHECK_THROWS_AS(bca_interval(std::vector<double>{1.0, 2.0}, 1.0), std::invalid_argument);
}
