#include "nn/loss.hpp"

#include "compute/dispatch.hpp"
#include "compute/functions.hpp"

namespace ablate {

double softmax_cross_entropy(compute::Rows<float> logits, std::size_t classes,
                             std::span<const std::uint8_t> labels) {
  const compute::Softmax softmax = compute::kernels().softmax;
  double loss = 0.0;
  for (std::size_t image = 0; image < logits.images; ++image) {
    float* row = logits.data + image * logits.stride;
    const float truth = row[labels[image]];
    float maximum = 0.0f;
    const float sum = softmax(row, classes, labels[image], maximum);
    loss +=
        compute::log(static_cast<double>(sum)) - (static_cast<double>(truth) - static_cast<double>(maximum));
  }
  return loss;
}

}  // namespace ablate
