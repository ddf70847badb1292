#include "nn/dropout_layer.hpp"

#include <algorithm>

#include "compute/dispatch.hpp"
#include "compute/layout.hpp"

namespace ablate {

void DropoutLayer::draw_mask(std::size_t images, Stream& dropout) {
  const std::size_t stride = compute::row_stride(units_);
  const auto kept = static_cast<float>(1.0 / (1.0 - probability_));
  mask_.assign(images * stride, 0.0f);
  for (std::size_t image = 0; image < images; ++image)
    for (std::size_t unit = 0; unit < units_; ++unit)
      mask_[image * stride + unit] = dropout.uniform() < probability_ ? 0.0f : kept;
}

void DropoutLayer::forward(const float*, const Signal& input, Stream* dropout) {
  drops_ = dropout != nullptr;
  output_ = input;
  if (!drops_) return;
  const std::size_t stride = compute::row_stride(units_), images = input.rows.images;
  draw_mask(images, *dropout);
  compute::grow(values_, images * stride);
  for (std::size_t image = 0; image < images; ++image) {
    float* row = values_.data() + image * stride;
    std::copy_n(input.rows.data + image * input.rows.stride, compute::padded(units_), row);
    compute::kernels().elementwise.multiply(mask_.data() + image * stride, row, compute::padded(units_));
  }
  output_ = {{values_.data(), stride, images}};
}

void DropoutLayer::backward(const float*, const Signal&, compute::Rows<const float> delta,
                            compute::Rows<float> input_delta, const GradientSink&) {
  if (!input_delta.data) return;
  const std::size_t stride = compute::row_stride(units_);
  for (std::size_t image = 0; image < delta.images; ++image) {
    float* row = input_delta.data + image * input_delta.stride;
    std::copy_n(delta.data + image * delta.stride, compute::padded(units_), row);
    if (drops_)
      compute::kernels().elementwise.multiply(mask_.data() + image * stride, row, compute::padded(units_));
  }
}

}  // namespace ablate
