#pragma once
/// A classifier: hidden layers with skips, then a linear map to logits. Parameters are one flat vector.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "config/settings.hpp"
#include "nn/hidden_layer.hpp"

namespace ablate {

/// Images come as floats, one a column: inputs x B, column-major. Buffers grow to the largest batch seen and
/// stay, so that a step allocates nothing after the first. Copies are independent. Not for several threads at
/// once.
class Network {
 public:
  /// Parameters are 0 until `initialise`. Throws RequestError where the model cannot be built for these
  /// inputs.
  Network(std::size_t inputs, const ModelSettings& model, std::size_t classes, bool train_biases = true);

  /// Draws the weights (biases stay 0). Each matrix has a stream of its own, "init/hidden1/weight",
  /// "init/hidden1/skip",
  /// ..., "init/output/weight": variants whose shapes agree start from the same weights.
  void initialise(std::uint64_t seed);

  std::size_t inputs() const { return inputs_; }
  std::size_t classes() const { return classes_; }
  std::span<float> parameters() { return parameters_; }
  std::span<const float> parameters() const { return parameters_; }

  /// Floating-point operations of a training step an image, in its matrix products; a multiply-add counts as
  /// two.
  std::int64_t flops_per_sample() const;

  /// Logits, classes x B, valid until the next call; no dropout.
  std::span<const float> logits(std::span<const float> images);

  /// Mean loss of the batch at the present parameters; its gradient goes to `gradient` (as long as the
  /// parameters; 0 for biases that are not trained). `dropout` may be null.
  double gradient(std::span<const float> images, std::span<const std::uint8_t> labels, Stream* dropout,
                  std::span<float> gradient);

  /// Mean loss of the batch, and one step of plain gradient descent with L2 decay,
  /// parameters := (1 - rate decay) parameters - rate gradient, done inside the matrix products.
  double descend(std::span<const float> images, std::span<const std::uint8_t> labels, Stream* dropout,
                 double rate, double decay);

 private:
  const Matrix input_of(std::size_t layer, std::span<const float> images, std::size_t batch) const;
  void forward(std::span<const float> images, std::size_t batch, Stream* dropout);
  double backward(std::span<const float> images, std::span<const std::uint8_t> labels,
                  const GradientSink& sink);

  std::size_t inputs_, classes_;
  Init init_;
  bool train_biases_;
  std::vector<HiddenLayer> hidden_;
  LinearMap output_;
  std::vector<float> parameters_;
  std::vector<float> logits_;               ///< classes x B; in backward their delta
  std::vector<std::vector<float>> deltas_;  ///< dL/dA, one a hidden layer
};

}  // namespace ablate
