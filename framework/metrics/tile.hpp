#pragma once
/// Softmax and what follows from it for sixteen images side by side, so that a processor's vector lanes are
/// images. Every sum runs over the classes in their order: the numbers do not depend on the width of the
/// vectors.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ablate {

constexpr std::size_t tile_images = 16;

template <class T>
using Lanes = std::array<T, tile_images>;

/// exp(x) for x <= 0, within 1e-14 of it (relative); exp(-708) below -708. Not for numbers that are none.
/// Cody and Waite's reduction to |r| <= ln(2)/2, then Taylor's polynomial of degree 11 (remainder 6e-15).
double exp_of_nonpositive(double x);

/// A buffer of up to sixteen images. Lanes that were not pushed since clear() hold results without meaning.
class Tile {
 public:
  explicit Tile(std::size_t classes);

  /// Takes an image: `classes` logits, and a truth below `classes`. The tile must not be full.
  /// An infinite logit counts as the largest finite one of its sign.
  void push(const float* logits, std::uint8_t truth);
  std::size_t images() const { return images_; }
  bool full() const { return images_ == tile_images; }
  void clear() { images_ = 0; }

  /// Works out everything below for the images pushed.
  void score();

  /// [class * tile_images + image]: softmax in double, then rounded once to float. Of an undefined image: not
  /// numbers.
  std::span<const float> probabilities() const { return probabilities_; }
  const Lanes<std::int32_t>& truth() const { return truth_; }
  /// The first class with the largest logit.
  const Lanes<std::int32_t>& predicted() const { return predicted_; }
  /// Classes more probable than the truth; of equal logits the lower class number comes first.
  const Lanes<std::int32_t>& rank_of_truth() const { return rank_; }
  /// Not 0 for an image with a logit that is not a number; of its other results none has a meaning.
  const Lanes<std::int32_t>& undefined() const { return undefined_; }
  /// -ln p(truth) in [0, inf), by log-sum-exp: exact also where p would round to 0 or 1.
  const Lanes<double>& surprise() const { return surprise_; }
  /// Sum over classes of (p - [class is the truth])^2, in double.
  const Lanes<double>& squared_error() const { return squared_error_; }

 private:
  void rank();
  void exponentiate();
  void normalise();

  std::size_t classes_;
  std::size_t images_ = 0;
  std::vector<float> logits_;         ///< [class * tile_images + image], as the two below
  std::vector<double> exponentials_;  ///< exp(logit - largest logit)
  std::vector<float> probabilities_;
  Lanes<std::int32_t> truth_{}, predicted_{}, rank_{}, undefined_{};
  Lanes<float> largest_{}, truth_logit_{};
  Lanes<double> rest_{};  ///< sum of the exponentials but the predicted class's, which is 1
  Lanes<double> surprise_{}, squared_error_{};
};

/// Softmax of a block of images: logits and probabilities are classes x images, one image a column
/// (column-major). The same bits as those the Evaluator works with. Sizes that do not fit throw
/// std::invalid_argument.
void softmax(std::span<const float> logits, int classes, std::span<float> probabilities);

}  // namespace ablate
