#include "nn/hidden_layer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "compute/dispatch.hpp"
#include "compute/layout.hpp"
#include "nn/activation.hpp"
#include "nn/initialisation.hpp"

namespace ablate {

HiddenLayer::HiddenLayer(std::size_t inputs, std::size_t units, Activation activation, Skip skip)
    : activation_(activation), skip_(skip), map_(inputs, units, skip == Skip::projection ? 2 : 1) {
  if (skip == Skip::identity && inputs != units) {
    throw RequestError(
        fmt::format("model.skip: identity needs equal widths, but a hidden layer of {} units has {} inputs",
                    units, inputs),
        fmt::format("model.skip: projection, or model.hidden: [{}]", inputs));
  }
}

std::size_t HiddenLayer::multiply_adds(bool first) const {
  const std::size_t products = skip_ == Skip::projection ? 2 : 1;
  return (first ? 2 : 3) * products * map_.inputs() * map_.units();
}

void HiddenLayer::initialise(float* own, const Init& init, std::uint64_t seed,
                             const std::string& name) const {
  map_.set_block(own, 0, draw_weights(init, seed, name + "/weight", map_.units(), map_.inputs()));
  if (skip_ == Skip::projection)
    map_.set_block(own, 1, draw_weights(init, seed, name + "/skip", map_.units(), map_.inputs()));
}

void HiddenLayer::append_weights(const float* own, std::vector<float>& weights) const {
  map_.append_weights(own, weights);
}

void HiddenLayer::take_weights(float* own, std::span<const float>& weights) const {
  map_.take_weights(own, weights);
}

compute::Rows<float> HiddenLayer::sums() { return {sums_.data(), compute::row_stride(map_.rows()), images_}; }

Signal HiddenLayer::output() const { return {{output_.data(), compute::row_stride(map_.units()), images_}}; }

void HiddenLayer::forward(const float* own, const Signal& input, Stream*) {
  images_ = input.rows.images;
  const std::size_t stride = compute::row_stride(map_.units()), units = map_.block_rows();
  compute::grow(sums_, images_ * compute::row_stride(map_.rows()));
  compute::grow(output_, images_ * stride);
  map_.forward(own, input, sums());
  const compute::ActivationKernel& activation = activation_kernel(activation_);
  const auto add = compute::kernels().elementwise.add;
  for (std::size_t image = 0; image < images_; ++image) {
    const float* z = sums_.data() + image * sums().stride;
    float* a = output_.data() + image * stride;
    activation.value(z, a, units);
    if (skip_ == Skip::projection) add(z + units, a, units);
    if (skip_ == Skip::identity) add(input.rows.data + image * input.rows.stride, a, units);
  }
}

void HiddenLayer::backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                           compute::Rows<float> input_delta, const GradientSink& sink) {
  const compute::ActivationKernel& activation = activation_kernel(activation_);
  const auto add = compute::kernels().elementwise.add;
  const std::size_t units = map_.block_rows();
  for (std::size_t image = 0; image < images_; ++image) {
    float* z = sums_.data() + image * sums().stride;
    const float* d = delta.data + image * delta.stride;
    activation.times_slope(z, d, z, units);
    if (skip_ == Skip::projection) std::copy(d, d + units, z + units);
  }
  const compute::Rows<float> deltas = sums();
  map_.backward(own, input, {deltas.data, deltas.stride, deltas.images}, input_delta, sink);
  if (!input_delta.data || skip_ != Skip::identity) return;
  for (std::size_t image = 0; image < images_; ++image)
    add(delta.data + image * delta.stride, input_delta.data + image * input_delta.stride, units);
}

}  // namespace ablate
