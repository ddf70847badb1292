#include "nn/linear_map.hpp"

namespace ablate {
namespace {

void add_bias(const float* bias, std::size_t biases, Matrix& sums) {
  for (arma::uword image = 0; image < sums.n_cols; ++image) {
    float* column = sums.colptr(image);
    for (std::size_t unit = 0; unit < biases; ++unit) column[unit] += bias[unit];
  }
}

void sink_bias(const Matrix& delta, std::size_t biases, const GradientSink& sink, float* target) {
  for (std::size_t unit = 0; unit < biases; ++unit) target[unit] *= sink.keep;
  if (!sink.biases) return;
  for (arma::uword image = 0; image < delta.n_cols; ++image) {
    const float* column = delta.colptr(image);
    for (std::size_t unit = 0; unit < biases; ++unit) target[unit] += sink.scale * column[unit];
  }
}

}  // namespace

LinearMap::LinearMap(std::size_t inputs, std::size_t outputs, std::size_t biases, std::size_t offset)
    : inputs_(inputs), outputs_(outputs), biases_(biases), offset_(offset) {}

void LinearMap::forward(std::span<const float> parameters, const Matrix& input, Matrix& sums) const {
  const float* own = parameters.data() + offset_;
  sums = matrix_view(own, outputs_, inputs_) * input;
  add_bias(own + outputs_ * inputs_, biases_, sums);
}

void LinearMap::backward(std::span<const float> parameters, const Matrix& input, const Matrix& delta,
                         Matrix* input_delta, const GradientSink& sink) const {
  if (input_delta) *input_delta = matrix_view(parameters.data() + offset_, outputs_, inputs_).t() * delta;
  float* own = sink.target.data() + offset_;
  Matrix target = matrix_view(own, outputs_, inputs_);
  if (sink.keep == 0.0f) {
    target = sink.scale * delta * input.t();
  } else {
    if (sink.keep != 1.0f) target *= sink.keep;
    target += sink.scale * delta * input.t();
  }
  sink_bias(delta, biases_, sink, own + outputs_ * inputs_);
}

}  // namespace ablate
