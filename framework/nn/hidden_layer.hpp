#pragma once
/// A fully connected layer with a skip connection around it.

#include <cstddef>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "config/settings.hpp"
#include "nn/linear_map.hpp"

namespace ablate {

/// With f the activation and X the input (inputs x B), the output A (units x B) is
///
///     none         A = f(W X + b)
///     projection   A = f(W X + b) + S X       S: units x inputs, without a bias
///     identity     A = f(W X + b) + X         units = inputs
///
/// (shortcuts as in He et al. 2015, arXiv:1512.03385, but added after the activation, as the seed's notebook
/// does). W and S are one matrix [W; S], hence one product forward and one backward. With dropout p, the
/// entries of A are dropped with probability p in training and the rest divided by 1 - p (Srivastava et al.
/// 2014, "inverted").
class HiddenLayer {
 public:
  /// Throws RequestError when the skip is `identity` and the widths differ.
  HiddenLayer(std::size_t inputs, std::size_t units, const ModelSettings& model, std::size_t offset);

  const LinearMap& map() const { return map_; }
  std::size_t units() const { return units_; }

  /// Computes the output for `input`; `dropout`, if not null, draws this batch's mask.
  void forward(std::span<const float> parameters, const Matrix& input, Stream* dropout);
  /// A view of the output of the last forward pass, which had `batch` images.
  const Matrix output(std::size_t batch) const { return matrix_view(output_.data(), units_, batch); }

  /// After forward of the same input: `delta` is dL/dA and may be overwritten; writes dL/dX to `input_delta`
  /// unless it is null; gradients go to the sink.
  void backward(std::span<const float> parameters, const Matrix& input, Matrix& delta, Matrix* input_delta,
                const GradientSink& sink);

 private:
  void activate(const Matrix& input, const Matrix& sums, Matrix& output) const;
  void draw_mask(std::size_t size, Stream& dropout);

  Activation activation_;
  Skip skip_;
  double dropout_;
  std::size_t units_;
  LinearMap map_;
  std::vector<float> sums_;    ///< W X + b, below it S X; in backward their deltas
  std::vector<float> output_;  ///< A
  std::vector<float> mask_;    ///< 0 or 1 / (1 - p) an entry of A; empty without dropout in this pass
};

}  // namespace ablate
