#include "nn/network.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "nn/initialisation.hpp"
#include "nn/loss.hpp"

namespace ablate {
namespace {

std::vector<HiddenLayer> build_hidden(std::size_t inputs, const ModelSettings& model) {
  std::vector<HiddenLayer> layers;
  std::size_t offset = 0;
  for (const int units : model.hidden) {
    layers.emplace_back(inputs, static_cast<std::size_t>(units), model, offset);
    inputs = layers.back().units();
    offset = layers.back().map().end();
  }
  return layers;
}

LinearMap build_output(std::size_t inputs, const std::vector<HiddenLayer>& hidden, std::size_t classes) {
  if (hidden.empty()) return LinearMap(inputs, classes, classes, 0);
  return LinearMap(hidden.back().units(), classes, classes, hidden.back().map().end());
}

void grow(std::vector<float>& buffer, std::size_t size) {
  if (buffer.size() < size) buffer.resize(size);
}

}  // namespace

Network::Network(std::size_t inputs, const ModelSettings& model, std::size_t classes, bool train_biases)
    : inputs_(inputs),
      classes_(classes),
      init_(model.init),
      train_biases_(train_biases),
      hidden_(build_hidden(inputs, model)),
      output_(build_output(inputs, hidden_, classes)),
      parameters_(output_.end(), 0.0f),
      deltas_(hidden_.size()) {}

void Network::initialise(std::uint64_t seed) {
  std::fill(parameters_.begin(), parameters_.end(), 0.0f);
  const auto draw = [&](const LinearMap& map, const std::string& purpose, std::size_t first_row,
                        std::size_t rows) {
    Matrix matrix = matrix_view(map.matrix(parameters_), map.outputs(), map.inputs());
    draw_weights(init_, seed, purpose, matrix, first_row, rows);
  };
  for (std::size_t layer = 0; layer < hidden_.size(); ++layer) {
    const LinearMap& map = hidden_[layer].map();
    const std::size_t units = hidden_[layer].units();
    draw(map, fmt::format("init/hidden{}/weight", layer + 1), 0, units);
    if (map.outputs() > units) draw(map, fmt::format("init/hidden{}/skip", layer + 1), units, units);
  }
  draw(output_, "init/output/weight", 0, classes_);
}

std::int64_t Network::flops_per_sample() const {
  std::size_t multiply_adds = 0;
  // Forward, gradient, and (above the first map) the delta of the input: one product each.
  const auto count = [&](const LinearMap& map, bool first) {
    multiply_adds += (first ? 2 : 3) * map.inputs() * map.outputs();
  };
  for (std::size_t layer = 0; layer < hidden_.size(); ++layer) count(hidden_[layer].map(), layer == 0);
  count(output_, hidden_.empty());
  return static_cast<std::int64_t>(2 * multiply_adds);
}

const Matrix Network::input_of(std::size_t layer, std::span<const float> images, std::size_t batch) const {
  if (layer == 0) return matrix_view(images.data(), inputs_, batch);
  return hidden_[layer - 1].output(batch);
}

void Network::forward(std::span<const float> images, std::size_t batch, Stream* dropout) {
  for (std::size_t layer = 0; layer < hidden_.size(); ++layer) {
    const Matrix input = input_of(layer, images, batch);
    hidden_[layer].forward(parameters_, input, dropout);
  }
  grow(logits_, classes_ * batch);
  const Matrix input = input_of(hidden_.size(), images, batch);
  Matrix sums = matrix_view(logits_.data(), classes_, batch);
  output_.forward(parameters_, input, sums);
}

double Network::backward(std::span<const float> images, std::span<const std::uint8_t> labels,
                         const GradientSink& sink) {
  const std::size_t batch = labels.size();
  Matrix logits = matrix_view(logits_.data(), classes_, batch);
  const double loss = softmax_cross_entropy(logits, labels);
  for (std::size_t layer = 0; layer < hidden_.size(); ++layer)
    grow(deltas_[layer], hidden_[layer].units() * batch);

  const auto delta_view = [&](std::size_t layer) {
    return matrix_view(deltas_[layer].data(), hidden_[layer].units(), batch);
  };
  const auto pass = [&](std::size_t layer, auto&& backward_into) {
    const Matrix input = input_of(layer, images, batch);
    if (layer == 0) return backward_into(input, nullptr);
    Matrix input_delta = delta_view(layer - 1);
    backward_into(input, &input_delta);
  };
  pass(hidden_.size(), [&](const Matrix& input, Matrix* input_delta) {
    output_.backward(parameters_, input, logits, input_delta, sink);
  });
  for (std::size_t layer = hidden_.size(); layer-- > 0;) {
    Matrix delta = delta_view(layer);
    pass(layer, [&](const Matrix& input, Matrix* input_delta) {
      hidden_[layer].backward(parameters_, input, delta, input_delta, sink);
    });
  }
  return loss / static_cast<double>(batch);
}

std::span<const float> Network::logits(std::span<const float> images) {
  const std::size_t batch = images.size() / inputs_;
  forward(images, batch, nullptr);
  return std::span<const float>(logits_).first(classes_ * batch);
}

double Network::gradient(std::span<const float> images, std::span<const std::uint8_t> labels, Stream* dropout,
                         std::span<float> gradient) {
  forward(images, labels.size(), dropout);
  return backward(images, labels, {gradient, 0.0f, 1.0f / static_cast<float>(labels.size()), train_biases_});
}

double Network::descend(std::span<const float> images, std::span<const std::uint8_t> labels, Stream* dropout,
                        double rate, double decay) {
  forward(images, labels.size(), dropout);
  return backward(images, labels,
                  {parameters_, static_cast<float>(1.0 - rate * decay),
                   static_cast<float>(-rate / static_cast<double>(labels.size())), train_biases_});
}

}  // namespace ablate
