#include "stats/two_levels.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "stats/golden.hpp"

using namespace ablate;

TEST_CASE("both intervals of a difference over seeds and images agree with statsmodels' mean squares") {
  const auto cases = test::golden("two_levels");
  CHECK(cases.size() == 18);
  for (const auto& golden : cases) {
    CAPTURE(golden.line);
    const auto seeds = static_cast<std::size_t>(golden.groups[0][0]);
    const test::Numbers& d = golden.groups[1];
    ImageDifferences table(d.size() / seeds);
    for (std::size_t s = 0; s < seeds; ++s)
      table.add_seed(std::span(d).subspan(s * table.images(), table.images()));
    const TwoLevels levels = two_levels(table, 0.95);
    test::check_agree(std::vector<double>{levels.of_seeds, levels.of_images, levels.of_rest, levels.variance,
                                          levels.degrees, levels.on_images_like_these.low,
                                          levels.on_images_like_these.high},
                      golden.groups[2], 1e-9);
    test::check_agree(
        std::vector<double>{levels.mean, levels.on_these_images.low, levels.on_these_images.high},
        golden.groups[3], 1e-9);
  }
}

TEST_CASE("bytes of right and wrong give what their differences give") {
  const std::vector<std::uint8_t> from{1, 0, 1, 0, 1}, to{1, 1, 0, 0, 1};
  ImageDifferences bytes(5), numbers(5);
  bytes.add_seed(from, to);
  numbers.add_seed(std::vector<double>{0, 1, -1, 0, 0});
  CHECK(std::vector<double>(bytes.image_sums().begin(), bytes.image_sums().end()) ==
        std::vector<double>(numbers.image_sums().begin(), numbers.image_sums().end()));
  CHECK(bytes.sum_of_squares() == 2.0);
  CHECK_THROWS_AS(bytes.add_seed(from, std::vector<std::uint8_t>{1}), std::invalid_argument);
  CHECK_THROWS_AS(bytes.add_seed(std::vector<double>{1.0}), std::invalid_argument);
}

TEST_CASE("seeds that happen to agree do not make the difference surer than its images allow") {
  // Each seed has +3 of 40 images, but other ones: the seeds' means do not differ at all.
  ImageDifferences table(40);
  for (std::size_t seed = 0; seed < 4; ++seed) {
    std::vector<double> d(40, 0.0);
    for (std::size_t i = 0; i < 3; ++i) d[10 * seed + i] = 1.0;
    table.add_seed(d);
  }
  const TwoLevels levels = two_levels(table, 0.95);
  CHECK(levels.on_these_images.low == levels.on_these_images.high);
  CHECK(levels.on_images_like_these.low < 0.075 - 0.01);
  CHECK(levels.degrees >= 3.0);
}

TEST_CASE("thirty seeds by a whole test set are one pass") {
  Stream stream(1, "test/two_levels");
  ImageDifferences table(15'620);
  for (int seed = 0; seed < 30; ++seed) {
    std::vector<double> d(table.images());
    for (double& value : d)
      value = static_cast<double>(stream.below(20) == 0) - static_cast<double>(stream.below(25) == 0);
    table.add_seed(d);
  }
  const TwoLevels levels = two_levels(table, 0.95);
  // Nothing but noise of single answers: variance of the mean is close to (1/20 + 1/25) / (30 * 15620).
  CHECK(levels.variance == Approx(0.09 / (30 * 15'620.0)).epsilon(0.5));
  CHECK(levels.on_images_like_these.low < 0.01);
  CHECK(levels.on_images_like_these.high > 0.01);
}

TEST_CASE("where the images cannot be judged there is a reason, and the seeds' interval stands") {
  ImageDifferences two(3), none(3), same(3), one(1);
  for (int seed = 0; seed < 2; ++seed) two.add_seed(std::vector<double>{1, 0, -1.0 * seed});
  for (int seed = 0; seed < 4; ++seed) same.add_seed(std::vector<double>{0, 0, 0});
  for (int seed = 0; seed < 4; ++seed) one.add_seed(std::vector<double>{static_cast<double>(seed % 2)});
  CHECK(two_levels(two, 0.95).reason == "fewer than three seeds");
  CHECK(std::isfinite(two_levels(two, 0.95).on_these_images.low));
  CHECK(std::isnan(two_levels(two, 0.95).on_images_like_these.low));
  CHECK(two_levels(none, 0.95).reason == "fewer than three seeds");
  CHECK(std::isnan(two_levels(none, 0.95).mean));
  CHECK(two_levels(same, 0.95).reason == "the two do not differ on any image");
  CHECK(two_levels(one, 0.95).reason == "fewer than two images");
  CHECK_THROWS_AS(two_levels(same, 1.0), std::invalid_argument);
}

TEST_CASE("the interval that is printed over seeds and images holds the one over seeds") {
  const Interval images{-0.01, 0.02}, seeds{-0.02, 0.01};
  const Interval both = holding(images, seeds);
  CHECK(both.low == -0.02);
  CHECK(both.high == 0.02);
  CHECK(holding(images, {}).low == -0.01);
  CHECK(!holding({}, seeds).has_width());
}
