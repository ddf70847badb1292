#include "data/partition.hpp"

#include <algorithm>
#include <numeric>

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace ablate;

namespace {

/// Images of one pixel, whose value is their index; the labels as given.
Dataset labelled(std::vector<std::uint8_t> train, const std::vector<std::uint8_t>& test) {
  Dataset dataset;
  dataset.rows = dataset.columns = 1;
  dataset.train_images = train.size();
  dataset.test_images = test.size();
  train.insert(train.end(), test.begin(), test.end());
  std::vector<std::uint8_t> pixels(train.size());
  std::iota(pixels.begin(), pixels.end(), std::uint8_t{0});
  dataset.pixels = SharedBytes(std::move(pixels));
  dataset.labels = SharedBytes(std::move(train));
  return dataset;
}

DataSettings validating(double share) {
  DataSettings settings;
  settings.validation = share;
  return settings;
}

std::size_t of_class(const Dataset& dataset, const Subset& subset, std::uint8_t label) {
  const auto is_label = [&](std::uint32_t i) { return dataset.label(i) == label; };
  return static_cast<std::size_t>(std::count_if(subset.begin(), subset.end(), is_label));
}

/// 40 images of class 0, 20 of class 1, 3 of class 2, one of class 3; then two to test.
Dataset uneven() {
  std::vector<std::uint8_t> train(40, 0);
  train.insert(train.end(), 20, 1);
  train.insert(train.end(), 3, 2);
  train.push_back(3);
  return labelled(train, {0, 1});
}

}  // namespace

TEST_CASE("validation takes its share of each class, and the parts make up the whole") {
  const Dataset dataset = uneven();
  const Partition parts = partition(dataset, validating(0.1), 7);
  CHECK(of_class(dataset, parts.validation, 0) == 4);
  CHECK(of_class(dataset, parts.validation, 1) == 2);
  CHECK(of_class(dataset, parts.validation, 2) == 1);  // at least one of a class with two or more
  CHECK(of_class(dataset, parts.validation, 3) == 0);  // the only image of a class is trained on
  CHECK(parts.test == Subset{64, 65});

  Subset all = parts.train;
  all.insert(all.end(), parts.validation.begin(), parts.validation.end());
  std::sort(all.begin(), all.end());
  Subset expected(64);
  std::iota(expected.begin(), expected.end(), 0U);
  CHECK(all == expected);
  CHECK(std::is_sorted(parts.train.begin(), parts.train.end()));
}

TEST_CASE("a large validation share leaves one image of each class to train on") {
  const Dataset dataset = uneven();
  const Partition parts = partition(dataset, validating(0.99), 1);
  for (std::uint8_t label = 0; label < 4; ++label) CHECK(of_class(dataset, parts.train, label) == 1);
}

TEST_CASE("the same seed gives the same validation images and another seed gives others") {
  const Dataset dataset = uneven();
  CHECK(partition(dataset, validating(0.25), 1).validation ==
        partition(dataset, validating(0.25), 1).validation);
  CHECK(partition(dataset, validating(0.25), 1).validation !=
        partition(dataset, validating(0.25), 2).validation);
}

TEST_CASE("without validation every training image is trained on") {
  const Partition parts = partition(uneven(), validating(0.0), 1);
  CHECK(parts.train.size() == 64);
  CHECK(parts.validation.empty());
}

TEST_CASE("training on train and test takes the test images in, and still tests on all of them") {
  DataSettings settings = validating(0.0);
  settings.train_on = {SplitName::train, SplitName::test};
  const Partition parts = partition(uneven(), settings, 1);
  CHECK(parts.train.size() == 66);
  CHECK(parts.test == Subset{64, 65});
}

TEST_CASE("a partition that leaves nothing to train on is refused") {
  DataSettings settings = validating(0.1);
  settings.train_on = {};
  CHECK_THROWS_AS(partition(uneven(), settings, 1), RequestError);
  settings.train_on = {SplitName::validation};
  CHECK_THROWS_WITH(partition(uneven(), settings, 1),
                    Catch::Contains("validation is not a part to train on"));
  CHECK_THROWS_WITH(partition(uneven(), validating(1.0), 1),
                    Catch::Contains("data.validation: 1 leaves nothing"));
  CHECK_THROWS_AS(partition(uneven(), validating(-0.1), 1), RequestError);
}

TEST_CASE("an epoch's order is a permutation that depends on seed and epoch alone") {
  Subset train(100);
  std::iota(train.begin(), train.end(), 5U);
  CHECK(epoch_order(train, false, 1, 3) == train);
  const Subset third = epoch_order(train, true, 1, 3);
  CHECK(third != train);
  CHECK(third == epoch_order(train, true, 1, 3));
  CHECK(third != epoch_order(train, true, 1, 4));
  CHECK(third != epoch_order(train, true, 2, 3));
  CHECK(std::is_permutation(third.begin(), third.end(), train.begin()));
}

TEST_CASE("gathered labels are those of the chosen images, in the order asked for") {
  Dataset dataset;
  dataset.train_images = 3;
  dataset.labels = SharedBytes({7, 8, 9});
  const Subset which = {2, 0, 2};
  std::vector<std::uint8_t> labels(3);
  gather_labels(dataset, which, labels);
  CHECK(labels == std::vector<std::uint8_t>{9, 7, 9});
}

TEST_CASE("gathering into the wrong room or from beyond the images is a fault of ours") {
  const Dataset dataset = uneven();
  std::vector<std::uint8_t> labels(2);
  CHECK_THROWS_AS(gather_labels(dataset, Subset{0, 1, 2}, labels), std::invalid_argument);
  CHECK_THROWS_AS(gather_labels(dataset, Subset{0, 66}, labels), std::out_of_range);
}
