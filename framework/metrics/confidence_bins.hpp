#pragma once
/// Images by their top probability, for the calibration error and for reliability diagrams.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace ablate {

/// The equal-width bins of Guo et al. (2017): bin b holds the top probabilities in (b/15, (b+1)/15], bin 0 also 0.
inline constexpr std::size_t confidence_bins = 15;

struct ConfidenceBin {
  std::size_t images = 0, right = 0;
  double confidence = 0.0;  ///< top probabilities, added up
};

/// Adds an image to its bin.
inline void add_image(std::span<ConfidenceBin, confidence_bins> bins, double confidence, bool right) {
  const auto above = static_cast<std::size_t>(std::ceil(confidence * static_cast<double>(confidence_bins)));
  ConfidenceBin& bin = bins[std::clamp<std::size_t>(above, 1, confidence_bins) - 1];
  ++bin.images;
  bin.right += right;
  bin.confidence += confidence;
}

}  // namespace ablate
