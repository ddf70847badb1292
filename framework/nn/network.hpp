#pragma once
/// A classifier: a list of layers, the last of which gives logits. Parameters are one flat vector.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compute/aligned.hpp"
#include "nn/image_batch.hpp"
#include "nn/layer.hpp"

namespace ablate {

/// Buffers grow to the largest batch seen and stay, so that a step allocates nothing after the first. Copies are
/// independent. Not for several threads at once.
class Network {
 public:
  /// Hidden layers with their skips, dropout after each where there is any, then the output. Parameters are 0 until
  /// `initialise`. Throws RequestError where the model cannot be built for these inputs.
  Network(std::size_t inputs, const ModelSettings& model, std::size_t classes, bool train_biases = true);
  Network(const Network& other);
  Network& operator=(const Network& other);
  Network(Network&&) = default;
  Network& operator=(Network&&) = default;

  /// Draws the weights (biases stay 0). Each matrix has a stream of its own, "init/hidden1/weight",
  /// "init/hidden1/skip", ..., "init/output/weight": variants whose shapes agree start from the same weights.
  void initialise(std::uint64_t seed);

  std::size_t inputs() const { return inputs_; }
  std::size_t classes() const { return layers_.back().layer->outputs(); }

  /// As the kernels and the optimisers see them: laid out in panels, with zeros between (compute/layout.hpp).
  std::span<float> parameters() { return parameters_; }
  std::span<const float> parameters() const { return parameters_; }

  /// As people and files see them: layer by layer, matrices column by column ([W; S] of a layer with a projection), then
  /// biases.
  std::vector<float> weights() const;
  std::size_t weight_count() const;
  /// Throws std::invalid_argument where there are not weight_count() of them.
  void set_weights(std::span<const float> weights);

  bool is_finite() const;

  /// Floating-point operations of a training step an image, in its matrix products; a multiply-add counts as
  /// two.
  std::int64_t flops_per_sample() const;

  /// Logits, classes x B, an image after the other, valid until the next call; no dropout.
  std::span<const float> logits(const ImageBatch& images);

  /// Mean loss of the batch at the present parameters; its gradient goes to `gradient`, laid out as the
  /// parameters (0 for biases that are not trained). `dropout` may be null.
  double gradient(const ImageBatch& images, std::span<const std::uint8_t> labels, Stream* dropout,
                  std::span<float> gradient);

  /// Mean loss of the batch, and one step of plain gradient descent with L2 decay,
  /// parameters := (1 - rate decay) parameters - rate gradient, done inside the matrix products.
  double descend(const ImageBatch& images, std::span<const std::uint8_t> labels, Stream* dropout, double rate,
                 double decay);

 private:
  struct Node {
    std::unique_ptr<Layer> layer;
    std::string name;    ///< "hidden1"
    std::size_t offset;  ///< of its own parameters in the flat vector
    compute::AlignedFloats
        delta;  ///< dL/doutput of the last backward pass; the output layer's is made of its logits
  };

  void append(std::unique_ptr<Layer> layer, std::string name);
  Signal forward(const ImageBatch& images, Stream* dropout);
  double backward(const ImageBatch& images, std::span<const std::uint8_t> labels, const GradientSink& sink);

  std::size_t inputs_;
  Init init_;
  bool train_biases_;
  std::vector<Node> layers_;
  compute::AlignedFloats parameters_;
  std::vector<float> logits_;  ///< classes x B
};

}  // namespace ablate
