#pragma once
/// Dropout between two layers.

#include "compute/aligned.hpp"
#include "nn/layer.hpp"

namespace ablate {

/// In training A = M X element by element, with M = 0 with probability p and 1 / (1 - p) otherwise (Srivastava et al.
/// 2014, "inverted"); else A = X. Backward, with D = dL/dA: dL/dX = M D.
class DropoutLayer : public Layer {
 public:
  DropoutLayer(std::size_t units, double probability) : units_(units), probability_(probability) {}

  std::unique_ptr<Layer> clone() const override { return std::make_unique<DropoutLayer>(*this); }
  std::size_t outputs() const override { return units_; }
  std::size_t multiply_adds(bool) const override { return 0; }

  /// Draws a mask from the stream, image by image.
  void forward(const float* own, const Signal& input, Stream* dropout) override;
  Signal output() const override { return output_; }
  void backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                compute::Rows<float> input_delta, const GradientSink& sink) override;

 private:
  void draw_mask(std::size_t images, Stream& dropout);

  std::size_t units_;
  double probability_;
  bool drops_ = false;           ///< in the last forward pass
  compute::AlignedFloats mask_;  ///< rows as those of the input, 0 beyond the units
  compute::AlignedFloats values_;
  Signal output_{};
};

}  // namespace ablate
