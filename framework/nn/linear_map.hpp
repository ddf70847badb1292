#pragma once
/// Z = M X + b: the only place where a network multiplies matrices.

#include <cstddef>
#include <span>

#include "nn/matrix.hpp"

namespace ablate {

/// Where the gradients of a backward pass go: target := keep * target + scale * gradient of the loss's sum.
/// With `target` a gradient vector, keep 0 and scale 1/B, it is the mean gradient; with `target` the
/// parameters themselves, keep 1 - eta lambda and scale -eta/B, it is a whole step of plain gradient descent
/// inside the matrix product, and no gradient is ever stored.
struct GradientSink {
  std::span<float> target;  ///< as long as the parameter vector
  float keep;
  float scale;
  bool biases;  ///< false: biases are left alone (their gradient is 0)
};

/// A linear map in a flat parameter vector at `offset`: the matrix M (outputs x inputs, column-major), then a
/// bias for its first `biases` rows.
class LinearMap {
 public:
  LinearMap(std::size_t inputs, std::size_t outputs, std::size_t biases, std::size_t offset);

  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_; }
  std::size_t biases() const { return biases_; }
  /// Elements of the parameter vector, from `offset` on.
  std::size_t size() const { return outputs_ * inputs_ + biases_; }
  std::size_t end() const { return offset_ + size(); }

  float* matrix(std::span<float> parameters) const { return parameters.data() + offset_; }

  /// sums (outputs x B) := M input (inputs x B) + b.
  void forward(std::span<const float> parameters, const Matrix& input, Matrix& sums) const;

  /// Given delta = dL/dsums (outputs x B): input_delta (inputs x B) := M^T delta, unless it is null; then the
  /// gradients delta input^T and delta 1 go to the sink. In this order, for the sink may change M.
  void backward(std::span<const float> parameters, const Matrix& input, const Matrix& delta,
                Matrix* input_delta, const GradientSink& sink) const;

 private:
  std::size_t inputs_, outputs_, biases_, offset_;
};

}  // namespace ablate
