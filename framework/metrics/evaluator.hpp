#pragma once
/// From logits and truth, block by block, to all metrics of a split.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/metric_table.hpp"
#include "metrics/tile.hpp"

namespace ablate {

/// One class against the rest. A share of nothing is 0 (precision of a class never predicted, recall of one
/// without images); auc_roc is not a number for a class absent from the truth (or that is all of it).
struct ClassMetrics {
  double precision, recall, f1, specificity, auc_roc;
  std::size_t support;  ///< images of this class
};

struct Evaluation {
  MetricSuite suite;
  std::vector<ClassMetrics> classes;
  std::vector<std::uint32_t>
      confusion;  ///< classes x classes, a row a true class: [truth * classes + predicted]
};

/// Collects a split's predictions and sums them up. Memory: a float a class and image (the AUC needs every
/// score). Buffers are kept from split to split, so that a run allocates once. The same images in the same
/// order give the same bits, however they are cut into blocks.
class Evaluator {
 public:
  /// `classes` is 1 to 256; anything else throws std::invalid_argument.
  explicit Evaluator(int classes);

  /// Adds a block of images: logits are classes x truth.size(), one image a column (column-major).
  /// A logit that is not a number makes every metric of the split not a number, as all of them depend on
  /// every image; support still counts the image, the confusion matrix, which has no place for it, does not.
  /// An infinite logit counts as the largest finite one of its sign. A label that is no class, or sizes that
  /// do not fit, throw std::invalid_argument, and nothing of the block is added.
  void add(std::span<const float> logits, std::span<const std::uint8_t> truth);

  /// All metrics of what was added; then starts anew. Of no images: every metric is not a number.
  Evaluation finish();

 private:
  /// The bins of Guo et al. (2017): bin b holds the top probabilities in (b/15, (b+1)/15].
  struct Bin {
    std::size_t images = 0, right = 0;
    double confidence = 0.0;  ///< sum of top probabilities
  };
  struct Sums {
    double log_loss = 0.0, squared_error = 0.0;
    std::size_t in_top3 = 0, undefined = 0;
    std::array<Bin, 15> bins;
  };

  void take_tile();
  void take_image(std::size_t lane);
  double area(std::size_t of_class);
  void add_probability_metrics(Evaluation& evaluation);

  std::size_t classes_;
  Tile tile_;
  std::vector<float> probabilities_;  ///< tile after tile, each classes x tile_images
  std::vector<std::uint8_t> truth_;
  std::vector<std::uint32_t> confusion_;
  std::vector<std::uint32_t> scratch_;  ///< twice the images: keys of a class's AUC, and room to sort them
  Sums sums_;
};

}  // namespace ablate
