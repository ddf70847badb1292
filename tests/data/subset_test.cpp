#include <algorithm>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "data/image_block.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// 30 images to train on (20 of class 0, 10 of class 1) and 10 to test (5 and 5), of one pixel each: their
/// number.
ImageBlock forty() {
  ImageBlock block{1, 1, 30, 10, {}, {}};
  for (int i = 0; i < 40; ++i) {
    block.pixels.push_back(static_cast<std::uint8_t>(i));
    const bool second_class = i < 30 ? i % 3 == 2 : i % 2 == 1;
    block.labels.push_back(second_class ? std::uint8_t{1} : std::uint8_t{0});
  }
  return block;
}

DataSettings keeping(std::optional<int> train, std::optional<int> test, int seed = 1) {
  DataSettings settings;
  settings.train_images = train;
  settings.test_images = test;
  settings.seed = seed;
  return settings;
}

ImageBlock kept(const DataSettings& settings) {
  ImageBlock block = forty();
  keep_subset(block, settings);
  return block;
}

}  // namespace

TEST_CASE("a limit keeps each class's share of the images, in the order they had, with their labels") {
  const ImageBlock block = kept(keeping(6, 3));
  REQUIRE(block.pixels.size() == 9);
  REQUIRE(block.labels.size() == 9);
  CHECK(block.train_images == 6);
  CHECK(block.test_images == 3);
  CHECK(std::is_sorted(block.pixels.begin(), block.pixels.end()));
  CHECK(block.pixels[5] < 30);
  CHECK(block.pixels[6] >= 30);
  CHECK(std::count(block.labels.begin(), block.labels.begin() + 6, 1) == 2);
  const ImageBlock all = forty();
  for (std::size_t i = 0; i < 9; ++i) CHECK(block.labels[i] == all.labels[block.pixels[i]]);
}

TEST_CASE("what is kept depends on data.seed alone, and each split on its own limit") {
  CHECK(kept(keeping(10, {})).pixels == kept(keeping(10, {})).pixels);
  CHECK(kept(keeping(10, {}, 1)).pixels != kept(keeping(10, {}, 2)).pixels);
  const auto train_with_all_tests = kept(keeping(10, {})).pixels;
  const auto train_with_few_tests = kept(keeping(10, 2)).pixels;
  CHECK(std::equal(train_with_few_tests.begin(), train_with_few_tests.begin() + 10,
                   train_with_all_tests.begin()));
}

TEST_CASE("without limits, and with limits of all, every image is kept") {
  CHECK(kept(keeping({}, {})).pixels == forty().pixels);
  CHECK(kept(keeping(30, 10)).pixels == forty().pixels);
}

TEST_CASE("more images than there are, or none, are refused") {
  CHECK_THROWS_WITH(kept(keeping(31, {})),
                    Contains("data.train_images: 31 images asked for, and there are 30"));
  CHECK_THROWS_WITH(kept(keeping({}, 11)),
                    Contains("data.test_images: 11 images asked for, and there are 10"));
  CHECK_THROWS_AS(kept(keeping(0, {})), RequestError);
}
