#pragma once
/// The last layer: logits.

#include "nn/linear_map.hpp"

namespace ablate {

/// Y = V X + c, with V classes x inputs. Backward, with D = dL/dY: dL/dX = V^T D.
class OutputLayer : public Layer {
 public:
  OutputLayer(std::size_t inputs, std::size_t classes) : map_(inputs, classes, 1) {}

  std::unique_ptr<Layer> clone() const override { return std::make_unique<OutputLayer>(*this); }
  std::size_t outputs() const override { return map_.units(); }
  std::size_t parameters() const override { return map_.size(); }
  std::size_t weight_count() const override { return map_.weight_count(); }
  std::size_t multiply_adds(bool first) const override {
    return (first ? 2 : 3) * map_.inputs() * map_.units();
  }

  void initialise(float* own, const Init& init, std::uint64_t seed, const std::string& name) const override;
  void append_weights(const float* own, std::vector<float>& weights) const override;
  void take_weights(float* own, std::span<const float>& weights) const override;

  void forward(const float* own, const Signal& input, Stream* dropout) override;
  Signal output() const override;
  void backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                compute::Rows<float> input_delta, const GradientSink& sink) override;

 private:
  LinearMap map_;
  std::size_t images_ = 0;
  compute::AlignedFloats logits_;
};

}  // namespace ablate
