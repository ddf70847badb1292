#include "stats/images.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "stats/golden.hpp"

using ablate::compare_over_images;
using ablate::ImageComparison;
using ablate::mcnemar_p;

TEST_CASE("the exact McNemar test agrees with statsmodels") {
  const auto cases = ablate::test::golden("mcnemar");
  CHECK(cases.size() == 30);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto& counts = golden.groups[0];
    const double p = mcnemar_p(static_cast<std::size_t>(counts[0]), static_cast<std::size_t>(counts[1]));
    ablate::test::check_agree(std::array{p}, golden.groups[1]);
  }
}

TEST_CASE("images that one gets right more often than the other are counted and tested as SciPy does") {
  const auto cases = ablate::test::golden("images");
  CHECK(cases.size() == 24);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto shares = [&](std::vector<double> counts) {
      for (double& count : counts) count /= golden.groups[0][0];
      return counts;
    };
    const ImageComparison c = compare_over_images(shares(golden.groups[1]), shares(golden.groups[2]), 0.95);
    const std::array ours{static_cast<double>(c.only_first), static_cast<double>(c.only_second), c.difference,
                          c.p};
    ablate::test::check_agree(ours, golden.groups[3]);
  }
}

TEST_CASE("two runs are compared over the images that tell them apart") {
  // 40 images: 20 both right, 8 only the first, 2 only the second, 10 neither.
  std::vector<double> first(40, 0.0), second(40, 0.0);
  for (std::size_t i = 0; i < 28; ++i) first[i] = 1.0;
  for (std::size_t i = 0; i < 20; ++i) second[i] = 1.0;
  second[38] = second[39] = 1.0;
  const ImageComparison comparison = compare_over_images(first, second, 0.95);
  CHECK(comparison.images == 40);
  CHECK(comparison.only_first == 8);
  CHECK(comparison.only_second == 2);
  CHECK(comparison.difference == Approx(0.15));
  CHECK(comparison.p == 112.0 / 1024.0);  // by hand: 2 (1 + 10 + 45) / 2^10
  CHECK(comparison.smallest_p == 2.0 / 1024.0);
  // scipy.stats.bootstrap(d, np.mean, method="BCa", n_resamples=200000) of SciPy 1.17.1: 0.0 and 0.3; a step
  // is 1 / 40.
  CHECK(comparison.interval.interval.low == Approx(0.0).margin(0.026));
  CHECK(comparison.interval.interval.high == Approx(0.3).margin(0.026));
}

TEST_CASE("two variants are compared by how many of their runs get an image right") {
  const std::vector<double> first{1.0, 2.0 / 3, 1.0 / 3, 0.0}, second{1.0, 1.0 / 3, 2.0 / 3, 1.0 / 3};
  const ImageComparison comparison = compare_over_images(first, second, 0.95);
  CHECK(comparison.only_first == 1);
  CHECK(comparison.only_second == 2);
  CHECK(comparison.difference == Approx(-1.0 / 12));
  CHECK(comparison.p == 1.0);
}

TEST_CASE("images that nothing tells apart have a p of 1, and no image has none") {
  const std::vector<double> same{1, 0, 1, 1, 0};
  CHECK(compare_over_images(same, same, 0.95).p == 1.0);
  CHECK(compare_over_images(same, same, 0.95).interval.interval.high == 0.0);
  CHECK(std::isnan(compare_over_images({}, {}, 0.95).p));
  CHECK_FALSE(compare_over_images({}, {}, 0.95).interval.reason.empty());
}

TEST_CASE("runs over different images are not compared") {
  const std::vector<double> two{1, 0}, three{1, 0, 1}, shares{1, 1.5};
  CHECK_THROWS_AS(compare_over_images(two, three, 0.95), std::invalid_argument);
  CHECK_THROWS_AS(compare_over_images(two, shares, 0.95), std::invalid_argument);
}
