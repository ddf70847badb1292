#pragma once
/// Softmax with cross-entropy.

#include <cstdint>
#include <span>

#include "nn/matrix.hpp"

namespace ablate {

/// With p = softmax(logits) a column and y its label: returns the sum over columns of -ln p_y, and turns the
/// logits (classes x B) into the gradient of that sum, p - onehot(y). Computed from logits less their
/// maximum, so that it does not overflow; not a number when a logit is not a number or infinite. Labels must
/// be below the rows.
double softmax_cross_entropy(Matrix& logits, std::span<const std::uint8_t> labels);

}  // namespace ablate
