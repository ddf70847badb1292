#pragma once
/// From logits and truth, block by block, to all metrics of a split.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compute/dispatch.hpp"
#include "metrics/auc.hpp"
#include "metrics/confidence_bins.hpp"
#include "metrics/evaluation.hpp"
#include "metrics/tile.hpp"

namespace ablate {

/// Collects a split's predictions and sums them up. Memory: one float per class and image (the AUC needs every
/// score). Buffers are kept from split to split, so that a run allocates once. The same images in the same
/// order give the same bits, however they are cut into blocks.
class Evaluator {
 public:
  /// `classes` is 1 to 256; anything else throws std::invalid_argument. All kernels give the same bits.
  explicit Evaluator(int classes, const compute::Kernels& kernels = compute::kernels());

  /// Adds a block of images: logits are classes x truth.size(), one image per column (column-major).
  /// A logit that is not a number makes every metric of the split not a number, as all of them depend on
  /// every image; support still counts the image, the confusion matrix, which has no place for it, does not.
  /// An infinite logit counts as the largest finite one of its sign. A label that is not a class, or sizes that
  /// do not fit, throw std::invalid_argument, and nothing of the block is added.
  void add(std::span<const float> logits, std::span<const std::uint8_t> truth);

  /// All metrics of what was added; then starts over. Of no images: every metric is not a number.
  Evaluation finish();

 private:
  struct Sums {
    double log_loss = 0.0, squared_error = 0.0;
    std::size_t in_top3 = 0, undefined = 0;
    std::array<ConfidenceBin, confidence_bins> bins;
  };

  static constexpr std::size_t run = 4096;  ///< images whose probabilities of a class are adjacent
  static constexpr std::size_t stride = run + tile_images;  ///< no power of two: classes share no cache set

  void take_tile();
  void take_image(std::size_t lane);
  double area(std::size_t of_class);
  /// Where an image's probability of a class is; those of the run's next images follow.
  float* place(std::size_t image, std::size_t of_class) {
    return probabilities_[image / run].data() + of_class * stride + image % run;
  }
  void add_probability_metrics(Evaluation& evaluation);

  std::size_t classes_;
  Tile tile_;
  /// [run of images][class][image of the run]: one vector per run, so that more images move none of those before.
  std::vector<std::vector<float>> probabilities_;
  std::vector<std::uint8_t> truth_, predicted_;
  std::vector<std::uint32_t> confusion_;
  std::size_t taken_ = 0;  ///< images whose probabilities are kept
  /// For each class the probabilities of it that its own images have, which are left out above.
  std::vector<std::vector<float>> own_scores_;
  RocArea area_;
  Sums sums_;
};

}  // namespace ablate
