#pragma once
/// The seam of a network: what a layer must do. A network is a list of layers; each is one file with its formula,
/// its shapes, forward, backward, parameters and cost, and one test file that checks its gradient.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "compute/products.hpp"
#include "config/settings.hpp"

namespace ablate {

/// What a layer reads, one row per image: the output of the layer below, or the images themselves. A row can be read up to
/// the next multiple of 16 elements; what is there means nothing.
struct Signal {
  compute::Rows<const float> rows;
  const compute::Ink* ink = nullptr;  ///< which elements are not 0, where most are 0; else null
};

/// Where a layer's gradient goes: target := keep target + scale (gradient of the loss's sum), rounded as
/// fma(scale, gradient, keep target). With `target` a gradient, keep 0 and scale 1/B, it is the mean gradient; with
/// `target` the parameters themselves, keep 1 - eta lambda and scale -eta/B, it is a whole step of plain gradient
/// descent inside the matrix product, and no gradient is ever stored.
struct GradientSink {
  float* target;  ///< laid out as the layer's own parameters
  float keep;
  float scale;
  bool biases;  ///< false: biases get no gradient
};

/// A layer's parameters are in the network's flat vector, `own` points to them. They are laid out for the kernels
/// (compute/layout.hpp), with zeros between; `weights` and `set_weights` speak of them without.
class Layer {
 public:
  virtual ~Layer() = default;
  virtual std::unique_ptr<Layer> clone() const = 0;

  virtual std::size_t outputs() const = 0;
  /// Floats of the flat vector, a multiple of 16.
  virtual std::size_t parameters() const { return 0; }
  /// Its weights and biases, as many as append_weights appends.
  virtual std::size_t weight_count() const { return 0; }
  /// Multiply-adds of a training step an image; `first`: nobody wants the delta of its input.
  virtual std::size_t multiply_adds(bool first) const = 0;

  /// Draws the weights; purposes of the streams begin with `name`, "init/hidden1".
  virtual void initialise(float* /*own*/, const Init&, std::uint64_t /*seed*/,
                          const std::string& /*name*/) const {}
  /// Appends the weights as they are stored: matrices column by column, then biases.
  virtual void append_weights(const float* /*own*/, std::vector<float>& /*weights*/) const {}
  /// Takes them back from the front of `weights`.
  virtual void take_weights(float* /*own*/, std::span<const float>& /*weights*/) const {}

  /// Computes the output for `input`; `dropout` is null where nothing is to be dropped.
  virtual void forward(const float* own, const Signal& input, Stream* dropout) = 0;
  /// Of the last forward pass.
  virtual Signal output() const = 0;

  /// After forward of the same input. `delta` is dL/doutput, 0 beyond the outputs; writes dL/dinput to `input_delta`, likewise with 0
  /// beyond the inputs, unless its data is null; then the gradients go to the sink. In this order, for the sink may change the
  /// parameters.
  virtual void backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                        compute::Rows<float> input_delta, const GradientSink& sink) = 0;
};

}  // namespace ablate
