#pragma once
/// Softmax with cross-entropy.

#include <cstdint>
#include <span>

#include "compute/products.hpp"

namespace ablate {

/// With p = softmax(logits) of an image and y its label: returns the sum over the images of -ln p_y, and turns the
/// logits (`classes` a row) into the gradient of that sum, p - onehot(y), followed by 0 up to a multiple of 16. Computed
/// from logits less their maximum, so that it does not overflow; not a number when a logit is not finite. Labels must
/// be below `classes`.
double softmax_cross_entropy(compute::Rows<float> logits, std::size_t classes,
                             std::span<const std::uint8_t> labels);

}  // namespace ablate
