#pragma once
/// A data set small enough to train on in milliseconds.

#include <string>
#include <vector>

#include "base/random.hpp"
#include "data/dataset.hpp"

namespace ablate::test {

/// Images of 4 x 4 pixels in three classes: the class lights up one row, and noise lies over all.
inline Dataset small_dataset(std::size_t train = 90, std::size_t test = 30) {
  Stream stream(1, "test/small_dataset");
  std::vector<std::uint8_t> pixels, labels;
  for (std::size_t i = 0; i < train + test; ++i) {
    const auto label = static_cast<std::uint8_t>(i % 3);
    labels.push_back(label);
    for (std::size_t pixel = 0; pixel < 16; ++pixel) {
      const std::uint64_t light = pixel / 4 == label ? 120 : 0;
      pixels.push_back(static_cast<std::uint8_t>(light + stream.below(136)));
    }
  }
  Dataset dataset;
  dataset.name = "small";
  dataset.origin = "tests/support/small_data.hpp";
  dataset.rows = dataset.columns = 4;
  dataset.classes = {"a", "b", "c"};
  dataset.train_images = train;
  dataset.test_images = test;
  dataset.pixels = SharedBytes(std::move(pixels));
  dataset.labels = SharedBytes(std::move(labels));
  dataset.train_sha256 = std::string(64, '1');
  dataset.test_sha256 = std::string(64, '2');
  return dataset;
}

}  // namespace ablate::test
