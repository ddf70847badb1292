#pragma once
/// What the readers of files fill, and how a data set is made of it.

#include <cstdint>
#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace ablate {

constexpr std::uint64_t most_pixels = std::uint64_t{1} << 31;  ///< of a data set: 2 GiB
constexpr int longest_side = 256;                              ///< of an image, in pixels
constexpr std::size_t most_classes = 256;                      ///< a label is a byte

/// How much there is in a data set.
struct DataSizes {
  std::size_t train_images = 0;
  std::size_t test_images = 0;
  int rows = 0;
  int columns = 0;
  std::size_t classes = 0;
};

/// Images while they are gathered: those for training first, then those for testing.
struct ImageBlock {
  int rows = 0;
  int columns = 0;
  std::size_t train_images = 0;
  std::size_t test_images = 0;
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;
  int channels = 1;

  std::size_t pixels_per_image() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) *
           static_cast<std::size_t>(channels);
  }
};

/// Puts images right that were stored columns first: exchanges rows and columns, and the block's two sizes
/// with them.
void transpose_images(ImageBlock& block);

/// Brings the values of a pixel together that are stored channel by channel.
void interleave_channels(ImageBlock& block);

/// Makes colour images grey: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), rounded.
void make_grey(ImageBlock& block);

/// Where settings.test is a share, takes that share of the training images for the test, class by class (at
/// least one of a class that has two or more), by the stream (settings.seed, "test"). Throws RequestError where
/// there is a test set already, or neither a share nor a test set.
void split_test(ImageBlock& block, const DataSettings& settings);

/// Keeps settings.train_images and settings.test_images of the images, class by class in proportion, chosen
/// by the streams (settings.seed, "subset/train") and "subset/test", in the order they had. Throws
/// RequestError when more are asked for than there are.
void keep_subset(ImageBlock& block, const DataSettings& settings);

/// The data set, with its digests: SHA-256 over "rows columns images" (of colours "rows columns channels
/// images"), then pixels, then labels of a split.
Dataset make_dataset(ImageBlock block, std::vector<std::string> classes, std::string name,
                     std::string origin);

}  // namespace ablate
