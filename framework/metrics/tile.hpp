#pragma once
/// Softmax and what follows from it for sixteen images side by side, so that a processor's vector lanes are
/// images. Every sum runs over the classes in their order: the numbers do not depend on the width of the
/// vectors.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compute/kernels.hpp"

namespace ablate {

using compute::tile_images;

/// A buffer of up to sixteen images. Lanes that were not pushed since clear() hold results without meaning.
class Tile {
 public:
  /// `kernels`: whose vectors do the work.
  Tile(std::size_t classes, const compute::Kernels& kernels);

  /// Takes an image: `classes` logits, and a truth below `classes`. The tile must not be full.
  /// An infinite logit counts as the largest finite one of its sign.
  void push(const float* logits, std::uint8_t truth);
  std::size_t images() const { return images_; }
  bool full() const { return images_ == tile_images; }
  void clear() { images_ = 0; }

  /// Takes sixteen images at once, one after the other, where the tile is empty. Their logits are read by score(),
  /// up to `overhang()` floats beyond the last.
  void lend(const float* logits, const std::uint8_t* truth);
  std::size_t overhang() const { return padded_ - classes_; }

  /// Works out everything for the images pushed. Their probabilities (softmax in double, then rounded once to
  /// float; NaN for an undefined image) go to probabilities[class * stride + image], all sixteen of a class.
  void score(float* probabilities, std::size_t stride);

  std::int32_t truth(std::size_t image) const { return truth_[image]; }
  /// What compute/scores.hpp says of the images, after score().
  const compute::Scores& scores() const { return scores_; }

 private:
  std::size_t classes_, padded_;  ///< and up to a multiple of sixteen
  compute::ScoreTile score_;
  std::size_t images_ = 0;
  const float* lent_ = nullptr;
  std::vector<float> logits_, columns_;
  std::vector<double> exponentials_;
  std::array<std::int32_t, tile_images> truth_{};
  compute::Scores scores_{};
};

/// Softmax of a block of images: logits and probabilities are classes x images, one image per column
/// (column-major). The same bits as those the Evaluator works with. Sizes that do not fit throw
/// std::invalid_argument.
void softmax(std::span<const float> logits, int classes, std::span<float> probabilities);

}  // namespace ablate
