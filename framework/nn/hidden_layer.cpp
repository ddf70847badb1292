#include "nn/hidden_layer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "nn/activation.hpp"

namespace ablate {
namespace {

void grow(std::vector<float>& buffer, std::size_t size) {
  if (buffer.size() < size) buffer.resize(size);
}

void multiply(float* values, const std::vector<float>& factors, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) values[i] *= factors[i];
}

}  // namespace

HiddenLayer::HiddenLayer(std::size_t inputs, std::size_t units, const ModelSettings& model,
                         std::size_t offset)
    : activation_(model.activation),
      skip_(model.skip),
      dropout_(model.dropout),
      units_(units),
      map_(inputs, model.skip == Skip::projection ? 2 * units : units, units, offset) {
  if (skip_ == Skip::identity && inputs != units) {
    throw RequestError(
        fmt::format("model.skip: identity needs equal widths, but a hidden layer of {} units has {} inputs",
                    units, inputs),
        fmt::format("model.skip: projection, or model.hidden: [{}]", inputs));
  }
}

void HiddenLayer::forward(std::span<const float> parameters, const Matrix& input, Stream* dropout) {
  const std::size_t batch = input.n_cols;
  grow(sums_, map_.outputs() * batch);
  grow(output_, units_ * batch);
  Matrix sums = matrix_view(sums_.data(), map_.outputs(), batch);
  Matrix output = matrix_view(output_.data(), units_, batch);
  map_.forward(parameters, input, sums);
  activate(input, sums, output);
  mask_.clear();
  if (dropout && dropout_ > 0.0) {
    draw_mask(units_ * batch, *dropout);
    multiply(output_.data(), mask_, units_ * batch);
  }
}

void HiddenLayer::activate(const Matrix& input, const Matrix& sums, Matrix& output) const {
  with_activation(activation_, [&]<class F>(F) {
    for (arma::uword image = 0; image < sums.n_cols; ++image) {
      const float* z = sums.colptr(image);
      const float* around = skip_ == Skip::projection ? z + units_ : input.colptr(image);
      float* a = output.colptr(image);
      if (skip_ == Skip::none) {
        for (std::size_t unit = 0; unit < units_; ++unit) a[unit] = F::value(z[unit]);
      } else {
        for (std::size_t unit = 0; unit < units_; ++unit) a[unit] = F::value(z[unit]) + around[unit];
      }
    }
  });
}

void HiddenLayer::draw_mask(std::size_t size, Stream& dropout) {
  const auto kept = static_cast<float>(1.0 / (1.0 - dropout_));
  mask_.resize(size);
  for (float& factor : mask_) factor = dropout.uniform() < dropout_ ? 0.0f : kept;
}

void HiddenLayer::backward(std::span<const float> parameters, const Matrix& input, Matrix& delta,
                           Matrix* input_delta, const GradientSink& sink) {
  if (!mask_.empty()) multiply(delta.memptr(), mask_, delta.n_elem);
  Matrix sums = matrix_view(sums_.data(), map_.outputs(), delta.n_cols);
  with_activation(activation_, [&]<class F>(F) {
    for (arma::uword image = 0; image < delta.n_cols; ++image) {
      float* z = sums.colptr(image);
      const float* d = delta.colptr(image);
      for (std::size_t unit = 0; unit < units_; ++unit) z[unit] = d[unit] * F::slope(z[unit]);
      if (skip_ == Skip::projection) std::copy(d, d + units_, z + units_);
    }
  });
  map_.backward(parameters, input, sums, input_delta, sink);
  if (input_delta && skip_ == Skip::identity) *input_delta += delta;
}

}  // namespace ablate
