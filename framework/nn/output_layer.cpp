#include "nn/output_layer.hpp"

#include "compute/layout.hpp"
#include "nn/initialisation.hpp"

namespace ablate {

void OutputLayer::initialise(float* own, const Init& init, std::uint64_t seed,
                             const std::string& name) const {
  map_.set_block(own, 0, draw_weights(init, seed, name + "/weight", map_.units(), map_.inputs()));
}

void OutputLayer::append_weights(const float* own, std::vector<float>& weights) const {
  map_.append_weights(own, weights);
}

void OutputLayer::take_weights(float* own, std::span<const float>& weights) const {
  map_.take_weights(own, weights);
}

Signal OutputLayer::output() const { return {{logits_.data(), compute::row_stride(map_.rows()), images_}}; }

void OutputLayer::forward(const float* own, const Signal& input, Stream*) {
  images_ = input.rows.images;
  const std::size_t stride = compute::row_stride(map_.rows());
  compute::grow(logits_, images_ * stride);
  map_.forward(own, input, {logits_.data(), stride, images_});
}

void OutputLayer::backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                           compute::Rows<float> input_delta, const GradientSink& sink) {
  map_.backward(own, input, delta, input_delta, sink);
}

}  // namespace ablate
