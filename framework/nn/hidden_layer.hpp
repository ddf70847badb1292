#pragma once
/// A fully connected layer with a skip connection around it.

#include "nn/linear_map.hpp"

namespace ablate {

/// With f the activation and X the input (inputs x B), the output A (units x B) is
///
///     none         A = f(W X + b)
///     projection   A = f(W X + b) + S X       S: units x inputs, without a bias
///     identity     A = f(W X + b) + X         units = inputs
///
/// (shortcuts as in He et al. 2015, arXiv:1512.03385, but added after the activation, as the notebook
/// does). W and S are the two blocks of one map, hence one product forward and one backward.
///
/// Backward, with D = dL/dA:
///
///     dL/dZ = D f'(Z) element by element, Z = W X + b;  dL/dX = W^T dL/dZ + S^T D (or + D)
class HiddenLayer : public Layer {
 public:
  /// Throws RequestError when the skip is `identity` and the widths differ.
  HiddenLayer(std::size_t inputs, std::size_t units, Activation activation, Skip skip);

  std::unique_ptr<Layer> clone() const override { return std::make_unique<HiddenLayer>(*this); }
  std::size_t outputs() const override { return map_.units(); }
  std::size_t parameters() const override { return map_.size(); }
  std::size_t weight_count() const override { return map_.weight_count(); }
  std::size_t multiply_adds(bool first) const override;

  void initialise(float* own, const Init& init, std::uint64_t seed, const std::string& name) const override;
  void append_weights(const float* own, std::vector<float>& weights) const override;
  void take_weights(float* own, std::span<const float>& weights) const override;

  void forward(const float* own, const Signal& input, Stream* dropout) override;
  Signal output() const override;
  void backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                compute::Rows<float> input_delta, const GradientSink& sink) override;

 private:
  compute::Rows<float> sums();

  Activation activation_;
  Skip skip_;
  LinearMap map_;
  std::size_t images_ = 0;
  compute::AlignedFloats sums_;    ///< Z, below it S X; in backward their deltas
  compute::AlignedFloats output_;  ///< A
};

}  // namespace ablate
