#include "nn/network.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "compute/dispatch.hpp"
#include "compute/layout.hpp"
#include "nn/dropout_layer.hpp"
#include "nn/hidden_layer.hpp"
#include "nn/loss.hpp"
#include "nn/output_layer.hpp"

namespace ablate {

Network::Network(std::size_t inputs, const ModelSettings& model, std::size_t classes, bool train_biases)
    : inputs_(inputs), init_(model.init), train_biases_(train_biases) {
  int number = 0;
  for (const int width : model.hidden) {
    const auto units = static_cast<std::size_t>(width);
    append(std::make_unique<HiddenLayer>(inputs, units, model.activation, model.skip),
           fmt::format("hidden{}", ++number));
    if (model.dropout > 0.0)
      append(std::make_unique<DropoutLayer>(units, model.dropout), fmt::format("dropout{}", number));
    inputs = units;
  }
  append(std::make_unique<OutputLayer>(inputs, classes), "output");
  parameters_.resize(layers_.back().offset + layers_.back().layer->parameters());
}

void Network::append(std::unique_ptr<Layer> layer, std::string name) {
  const std::size_t offset = layers_.empty() ? 0 : layers_.back().offset + layers_.back().layer->parameters();
  layers_.push_back({std::move(layer), std::move(name), offset, {}});
}

Network::Network(const Network& other)
    : inputs_(other.inputs_),
      init_(other.init_),
      train_biases_(other.train_biases_),
      parameters_(other.parameters_) {
  for (const Node& node : other.layers_) append(node.layer->clone(), node.name);
}

Network& Network::operator=(const Network& other) { return *this = Network(other); }

void Network::initialise(std::uint64_t seed) {
  std::fill(parameters_.begin(), parameters_.end(), 0.0f);
  for (const Node& node : layers_)
    node.layer->initialise(parameters_.data() + node.offset, init_, seed, "init/" + node.name);
}

std::vector<float> Network::weights() const {
  std::vector<float> weights;
  for (const Node& node : layers_) node.layer->append_weights(parameters_.data() + node.offset, weights);
  return weights;
}

std::size_t Network::weight_count() const {
  std::size_t count = 0;
  for (const Node& node : layers_) count += node.layer->weight_count();
  return count;
}

void Network::set_weights(std::span<const float> weights) {
  if (weights.size() != weight_count())
    throw std::invalid_argument("the weights are those of another network");
  for (const Node& node : layers_) node.layer->take_weights(parameters_.data() + node.offset, weights);
}

bool Network::is_finite() const {
  return compute::kernels().sums.all_finite(parameters_.data(), parameters_.size());
}

std::int64_t Network::flops_per_sample() const {
  std::size_t multiply_adds = 0;
  for (const Node& node : layers_) multiply_adds += node.layer->multiply_adds(&node == &layers_.front());
  return static_cast<std::int64_t>(2 * multiply_adds);
}

Signal Network::forward(const ImageBatch& images, Stream* dropout) {
  Signal signal = images.signal();
  for (Node& node : layers_) {
    node.layer->forward(parameters_.data() + node.offset, signal, dropout);
    signal = node.layer->output();
  }
  return signal;
}

double Network::backward(const ImageBatch& images, std::span<const std::uint8_t> labels,
                         const GradientSink& sink) {
  const auto delta_of = [&](Node& node) {
    const std::size_t stride = compute::row_stride(node.layer->outputs());
    compute::grow(node.delta, labels.size() * stride);
    return compute::Rows<float>{node.delta.data(), stride, labels.size()};
  };
  const compute::Rows<const float> logits = layers_.back().layer->output().rows;
  const compute::Rows<float> top = delta_of(layers_.back());
  std::copy_n(logits.data, logits.images * logits.stride, top.data);
  const double loss = softmax_cross_entropy(top, classes(), labels);
  for (std::size_t i = layers_.size(); i-- > 0;) {
    Node& node = layers_[i];
    const Signal input = i == 0 ? images.signal() : layers_[i - 1].layer->output();
    const compute::Rows<float> delta = delta_of(node);
    const compute::Rows<float> input_delta = i == 0 ? compute::Rows<float>{} : delta_of(layers_[i - 1]);
    GradientSink own = sink;
    own.target += node.offset;
    node.layer->backward(parameters_.data() + node.offset, input, {delta.data, delta.stride, delta.images},
                         input_delta, own);
  }
  return loss / static_cast<double>(labels.size());
}

std::span<const float> Network::logits(const ImageBatch& images) {
  const compute::Rows<const float> rows = forward(images, nullptr).rows;
  compute::grow(logits_, classes() * rows.images);
  for (std::size_t image = 0; image < rows.images; ++image)
    std::copy_n(rows.data + image * rows.stride, classes(), logits_.data() + image * classes());
  return std::span<const float>(logits_).first(classes() * rows.images);
}

double Network::gradient(const ImageBatch& images, std::span<const std::uint8_t> labels, Stream* dropout,
                         std::span<float> gradient) {
  forward(images, dropout);
  return backward(images, labels,
                  {gradient.data(), 0.0f, 1.0f / static_cast<float>(labels.size()), train_biases_});
}

double Network::descend(const ImageBatch& images, std::span<const std::uint8_t> labels, Stream* dropout,
                        double rate, double decay) {
  forward(images, dropout);
  return backward(images, labels,
                  {parameters_.data(), static_cast<float>(1.0 - rate * decay),
                   static_cast<float>(-rate / static_cast<double>(labels.size())), train_biases_});
}

}  // namespace ablate
