#pragma once
/// Images that are almost the same.

#include <cstdint>
#include <vector>

#include "data/dataset.hpp"

namespace ablate {

/// A test image and the training image that is nearly it.
struct NearPair {
  std::uint32_t test = 0, train = 0;  ///< indices in the data set
  double difference = 0.0;            ///< mean absolute difference of their pixels, in grey levels of 255
};

struct NearSearch {
  std::vector<NearPair> pairs;  ///< one a test image that has any, in the order of the test images
  std::size_t checked = 0;      ///< test images that were compared with all of train
};

/// Finds the test images that differ from a training image by at most `threshold` in the mean absolute
/// difference of their pixels (an exact copy differs by 0), and names one such image each.
///
/// Every pair that is named lies within the threshold; none is missed among the `checked` test images.
/// Shifted or rotated copies are not near in this measure. What is left out unseen is so by lower bounds of
/// the difference: that of all ink, and that of 16 blocks' means. Test images are taken in the order of their
/// ink until `most_comparisons` pairs have been looked at, so that the time is bounded: 2e10 is about half a
/// minute.
NearSearch near_images(const Dataset& dataset, double threshold, std::uint64_t most_comparisons);

}  // namespace ablate
