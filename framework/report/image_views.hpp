#pragma once
/// The test images themselves: on which of them the two sides of the question differ, and how sure networks are.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "metrics/confidence.hpp"

namespace ablate {

struct Comparison;

/// An image as the network sees it, row by row; three channels: red, green and blue of a pixel are adjacent.
struct SeenImage {
  std::size_t rows = 0, columns = 0, channels = 1;
  std::vector<std::uint8_t> pixels;
};

/// What one run's network makes of the test images.
struct RunConfidence {
  std::vector<ConfidenceBin> bins;
  std::vector<std::vector<double>> true_positive_rates;  ///< one curve per class, at each of `roc_grid`
};

/// Where images and weights come from; the database has neither images nor probabilities. Each gives nothing where
/// they are not at hand and says why in `why_not`, once.
struct ImageSource {
  std::function<std::vector<SeenImage>(std::int64_t run_id, const std::vector<std::size_t>& places)> pictures;
  std::function<std::optional<RunConfidence>(std::int64_t run_id)> confidence;
  std::function<std::string()> why_not;
};

/// What the runs of one side say of an image.
struct SideSays {
  std::size_t right = 0, runs = 0;
  std::vector<std::pair<std::uint8_t, std::size_t>> classes;  ///< class and votes, most votes first
  double share() const { return runs ? static_cast<double>(right) / static_cast<double>(runs) : 0.0; }
};

struct GalleryImage {
  std::size_t place = 0;  ///< among the test images
  std::uint8_t truth = 0;
  SideSays from, to;
  std::optional<SeenImage> picture;
};

/// How sure the networks of one variant are, over the runs that say.
struct ConfidenceView {
  std::size_t variant = 0;  ///< place in Comparison::variants
  std::size_t runs = 0;
  std::vector<ConfidenceBin> bins = {};                       ///< added up
  std::vector<std::vector<double>> true_positive_rates = {};  ///< of each class, means over the runs
  std::vector<std::int64_t> run_ids = {};                     ///< of those
};

struct ImageViews {
  std::string from, to;    ///< what pages call the sides
  std::size_t images = 0;  ///< that were judged
  std::size_t differ = 0;  ///< of them, those that the sides get right in different shares of their runs
  std::size_t never = 0;   ///< that no run of either side gets right
  std::vector<GalleryImage> to_better,
      from_better;                          ///< the largest difference in shares first, then by place
  std::vector<GalleryImage> hardest;        ///< the fewest right first, then by place
  std::vector<ConfidenceView> confidences;  ///< of the sides in the baseline's setting
  std::string why_not;                      ///< why pictures or confidences are missing; or empty
};

/// What each run says of every test image.
using Guesses = std::map<std::int64_t, std::vector<std::uint8_t>>;

/// All of the same images.
struct KeptGuesses {
  std::optional<std::int64_t> dataset;
  std::vector<std::uint8_t> truth;
  Guesses of_runs;
};

/// Of the first contrast, over the settings and seeds that both sides have. Images come from `source` if it is
/// given. Nothing where there is no contrast, or where neither guesses nor confidences are at hand and none were asked
/// for.
std::optional<ImageViews> image_views(const Comparison& comparison, const std::vector<std::uint8_t>& truth,
                                      const Guesses& guesses, const ImageSource* source);

/// A picture as a "data:" address of a bitmap, which every browser draws.
std::string data_address(const SeenImage& picture);

}  // namespace ablate
