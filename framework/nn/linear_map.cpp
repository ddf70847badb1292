#include "nn/linear_map.hpp"

#include <algorithm>

#include "compute/dispatch.hpp"
#include "compute/layout.hpp"

namespace ablate {
namespace {

/// Calls visit(panel, first, rows, from) for each part of rows [first_row, first_row + rows) of M: `panel` views the panel, `first`
/// is the part's first row in it, `from` the part's first row counted from first_row.
template <class Float, class Visit>
void each_part(Float* own, compute::MapShape shape, std::size_t first_row, std::size_t rows, Visit&& visit) {
  for (std::size_t row = first_row; row < first_row + rows;) {
    const std::size_t panel = row / compute::panel * compute::panel;
    const std::size_t width = std::min(compute::panel, shape.outputs - panel);
    const std::size_t part = std::min(panel + width, first_row + rows) - row;
    auto view = matrix_view(own + panel * shape.inputs, width, shape.inputs);
    visit(view, row - panel, part, row - first_row);
    row += part;
  }
}

}  // namespace

LinearMap::LinearMap(std::size_t inputs, std::size_t units, std::size_t blocks)
    : units_(units), blocks_(blocks), shape_{blocks * compute::padded(units), inputs} {}

std::size_t LinearMap::block_rows() const { return compute::padded(units_); }

void LinearMap::set_block(float* own, std::size_t block, const Matrix& weights) const {
  each_part(own, shape_, block * block_rows(), units_,
            [&](Matrix& panel, std::size_t first, std::size_t rows, std::size_t from) {
              panel.rows(first, first + rows - 1) = weights.rows(from, from + rows - 1);
            });
}

Matrix LinearMap::block(const float* own, std::size_t block) const {
  Matrix weights(units_, shape_.inputs);
  each_part(own, shape_, block * block_rows(), units_,
            [&](const Matrix& panel, std::size_t first, std::size_t rows, std::size_t from) {
              weights.rows(from, from + rows - 1) = panel.rows(first, first + rows - 1);
            });
  return weights;
}

void LinearMap::append_weights(const float* own, std::vector<float>& weights) const {
  Matrix all;
  for (std::size_t b = 0; b < blocks_; ++b) all = arma::join_cols(all, block(own, b));
  weights.insert(weights.end(), all.begin(), all.end());
  const float* bias = own + shape_.outputs * shape_.inputs;
  weights.insert(weights.end(), bias, bias + units_);
}

void LinearMap::take_weights(float* own, std::span<const float>& weights) const {
  const std::size_t rows = blocks_ * units_;
  const Matrix all = matrix_view(weights.data(), rows, shape_.inputs);
  for (std::size_t b = 0; b < blocks_; ++b) set_block(own, b, all.rows(b * units_, (b + 1) * units_ - 1));
  const auto biases = weights.subspan(rows * shape_.inputs, units_);
  std::copy(biases.begin(), biases.end(), own + shape_.outputs * shape_.inputs);
  weights = weights.subspan(rows * shape_.inputs + units_);
}

void LinearMap::forward(const float* own, const Signal& input, compute::Rows<float> sums) const {
  const float* bias = own + shape_.outputs * shape_.inputs;
  for (std::size_t image = 0; image < sums.images; ++image) {
    float* row = sums.data + image * sums.stride;
    std::copy(bias, bias + block_rows(), row);
    std::fill(row + block_rows(), row + rows(), 0.0f);
  }
  const compute::Products& products = compute::kernels().products;
  if (input.ink)
    products.forward_ink(own, shape_, input.rows, *input.ink, sums);
  else
    products.forward(own, shape_, input.rows, sums);
}

void LinearMap::backward(const float* own, const Signal& input, compute::Rows<const float> delta,
                         compute::Rows<float> input_delta, const GradientSink& sink) {
  const compute::Kernels& kernels = compute::kernels();
  if (input_delta.data) {
    compute::grow(scratch_, compute::input_delta_scratch(shape_.inputs));
    kernels.products.input_delta(own, shape_, delta, input_delta, scratch_.data());
  }
  if (sink.keep != 1.0f) kernels.steps.scale(sink.target, sink.keep, size());
  if (input.ink)
    kernels.products.add_gradient_ink(sink.target, shape_, delta, input.rows, *input.ink, sink.scale);
  else
    kernels.products.add_gradient(sink.target, shape_, delta, input.rows, sink.scale);
  if (sink.biases)
    kernels.products.add_bias_gradient(sink.target + shape_.outputs * shape_.inputs, block_rows(), delta,
                                       sink.scale);
}

}  // namespace ablate
