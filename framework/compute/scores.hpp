#pragma once
/// Softmax in double precision for metrics, sixteen images side by side: a vector's lanes are images, every sum
/// runs over the classes in their order.

#include <cstddef>
#include <cstdint>

namespace ablate::compute {

constexpr std::size_t tile_images = 16;

/// Logits of a tile, the truth of each image (below `classes`), and room to work. Lanes that hold no image may
/// have any logits; what comes out of them has no meaning.
struct ScoreInput {
  const float* logits;  ///< [image * stride + class]; may be read up to the next multiple of 16 classes
  std::size_t stride;
  std::size_t classes;
  const std::int32_t* truth;
  float* columns;        ///< classes, rounded up to a multiple of 16, x tile_images
  double* exponentials;  ///< classes x tile_images
};

/// What is found, an element an image. An infinite logit counts as the largest finite one of its sign.
struct Scores {
  std::int32_t predicted[tile_images];  ///< the first class with the largest logit
  std::int32_t rank_of_truth
      [tile_images];  ///< classes before the truth: larger logits, and equal ones of lower classes
  std::int32_t
      undefined[tile_images];  ///< not 0 where a logit is NaN; the image's other numbers have no meaning then
  float confidence[tile_images];  ///< the predicted class's probability
  /// -ln p(truth) by log-sum-exp: the largest logit minus the truth's, plus ln(1 + the sum of e^(logit - largest)
  /// over all classes but the predicted one). Exact also where p would round to 0 or 1.
  double surprise[tile_images];
  double squared_error[tile_images];  ///< sum over classes of (p - [class is the truth])^2
};

/// Probabilities [class * probability_stride + image], worked out in double precision by exp of functions.hpp
/// (e^-708 below -708) and rounded once to float; of undefined images NaN.
using ScoreTile = void (*)(const ScoreInput& input, Scores& scores, float* probabilities,
                           std::size_t probability_stride);

}  // namespace ablate::compute
