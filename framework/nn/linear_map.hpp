#pragma once
/// Z = M X + b: the only place where a network multiplies matrices.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compute/aligned.hpp"
#include "nn/layer.hpp"
#include "nn/matrix.hpp"

namespace ablate {

/// A linear map whose matrix M is `blocks` matrices of `units` x inputs, one below the other, with a bias for the rows of the
/// first. Each block begins at a multiple of 16 rows, so that row o of block i is row i `block_rows()` + o of M; the rows between are
/// 0. In memory: M in panels (compute/layout.hpp), then the biases.
class LinearMap {
 public:
  LinearMap(std::size_t inputs, std::size_t units, std::size_t blocks);

  std::size_t inputs() const { return shape_.inputs; }
  std::size_t units() const { return units_; }
  std::size_t block_rows() const;
  std::size_t rows() const { return shape_.outputs; }
  /// Floats in memory.
  std::size_t size() const { return shape_.outputs * shape_.inputs + block_rows(); }
  /// Weights and biases.
  std::size_t weight_count() const { return blocks_ * units_ * shape_.inputs + units_; }

  /// Fills a block with a matrix (units x inputs).
  void set_block(float* own, std::size_t block, const Matrix& weights) const;
  Matrix block(const float* own, std::size_t block) const;

  /// [block 1; block 2; ...] column by column, then the biases.
  void append_weights(const float* own, std::vector<float>& weights) const;
  void take_weights(float* own, std::span<const float>& weights) const;

  /// sums := M X + b
  void forward(const float* own, const Signal& input, compute::Rows<float> sums) const;

  /// Given delta = dL/dsums, 0 in the rows between blocks: input_delta := M^T delta, unless its data is null; then the gradients
  /// delta X^T and delta 1 go to the sink.
  void backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                compute::Rows<float> input_delta, const GradientSink& sink);

 private:
  std::size_t units_, blocks_;
  compute::MapShape shape_;
  compute::AlignedFloats scratch_;
};

}  // namespace ablate
