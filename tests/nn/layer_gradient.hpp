#pragma once
/// Checks one layer's backward pass by central differences.

#include <cmath>
#include <vector>

#include "base/random.hpp"
#include "compute/aligned.hpp"
#include "compute/layout.hpp"
#include "nn/layer.hpp"

namespace ablate::test {

/// A layer with random parameters on a random input, under the loss sum(R A) of its output A with random R.
class LayerCheck {
 public:
  LayerCheck(Layer& layer, std::size_t inputs, std::size_t images, std::uint64_t seed = 8)
      : layer_(layer), inputs_(inputs), images_(images), parameters_(layer.parameters()) {
    Stream stream(seed, "test/layer");
    std::vector<float> weights(layer.weight_count());
    for (float& weight : weights) weight = static_cast<float>(stream.uniform(-0.7, 0.7));
    std::span<const float> left(weights);
    layer.take_weights(parameters_.data(), left);
    input_ = rows(inputs, stream);
    factors_ = rows(layer.outputs(), stream);
  }

  /// The largest |numeric - analytic| / (|numeric| + |analytic| + 0.01) over parameters and inputs.
  double worst() {
    compute::AlignedFloats gradient(parameters_.size()), input_delta(input_.size());
    loss();
    const std::size_t stride = compute::row_stride(inputs_);
    layer_.backward(parameters_.data(), input(),
                    {factors_.data(), compute::row_stride(layer_.outputs()), images_},
                    {input_delta.data(), stride, images_}, {gradient.data(), 0.0f, 1.0f, true});
    double worst = 0.0;
    for (std::size_t i = 0; i < parameters_.size(); ++i)
      worst = std::max(worst, off(parameters_[i], gradient[i]));
    for (std::size_t i = 0; i < input_.size(); ++i)
      if (i % stride < inputs_) worst = std::max(worst, off(input_[i], input_delta[i]));
    return worst;
  }

 private:
  compute::AlignedFloats rows(std::size_t units, Stream& stream) const {
    compute::AlignedFloats values(images_ * compute::row_stride(units));
    for (std::size_t i = 0; i < values.size(); ++i)
      if (i % compute::row_stride(units) < units) values[i] = static_cast<float>(stream.uniform(-1.0, 1.0));
    return values;
  }

  Signal input() const { return {{input_.data(), compute::row_stride(inputs_), images_}}; }

  double loss() {
    Stream mask(9, "test/mask");
    layer_.forward(parameters_.data(), input(), &mask);
    const Signal output = layer_.output();
    double sum = 0.0;
    for (std::size_t image = 0; image < images_; ++image)
      for (std::size_t unit = 0; unit < layer_.outputs(); ++unit)
        sum += static_cast<double>(factors_[image * compute::row_stride(layer_.outputs()) + unit]) *
               static_cast<double>(output.rows.data[image * output.rows.stride + unit]);
    return sum;
  }

  double off(float& place, float analytic) {
    const float kept = place, step = 0x1.0p-7f;
    place = kept + step;
    const double above = loss();
    place = kept - step;
    const double below = loss();
    place = kept;
    const double numeric = (above - below) / (2.0 * static_cast<double>(step)),
                 found = static_cast<double>(analytic);
    return std::abs(numeric - found) / (std::abs(numeric) + std::abs(found) + 0.01);
  }

  Layer& layer_;
  std::size_t inputs_, images_;
  compute::AlignedFloats parameters_, input_, factors_;
};

}  // namespace ablate::test
