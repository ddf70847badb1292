#include "nn/loss.hpp"

#include <algorithm>
#include <cmath>

namespace ablate {

double softmax_cross_entropy(Matrix& logits, std::span<const std::uint8_t> labels) {
  double loss = 0.0;
  for (arma::uword image = 0; image < logits.n_cols; ++image) {
    float* column = logits.colptr(image);
    const float* end = column + logits.n_rows;
    const float largest = *std::max_element(static_cast<const float*>(column), end);
    const float truth = column[labels[image]];
    float sum = 0.0f;
    for (float* value = column; value != end; ++value) sum += * value = std::exp(*value - largest);
    for (float* value = column; value != end; ++value) *value /= sum;
    column[labels[image]] -= 1.0f;
    loss += std::log(static_cast<double>(sum)) - (static_cast<double>(truth) - static_cast<double>(largest));
  }
  return loss;
}

}  // namespace ablate
