#pragma once
/// Checks a network's gradient by central differences.

#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "nn/network.hpp"

namespace ablate::test {

/// Images of bytes, one after the other, and their labels.
struct SmallBatch {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;

  /// The first `count` images.
  void read_into(ImageBatch& images, std::size_t count) const {
    std::vector<std::uint32_t> which(count);
    std::iota(which.begin(), which.end(), 0U);
    images.read(pixels, pixels.size() / labels.size(), which);
  }
  void read_into(ImageBatch& images) const { read_into(images, labels.size()); }
};

/// `ink` of the pixels are not 0.
inline SmallBatch random_batch(std::size_t inputs, std::size_t classes, std::size_t count,
                               std::uint64_t seed = 3, double ink = 0.5) {
  Stream stream(seed, "test/batch");
  SmallBatch batch{std::vector<std::uint8_t>(inputs * count), std::vector<std::uint8_t>(count)};
  for (std::uint8_t& pixel : batch.pixels)
    pixel = stream.uniform() < ink ? static_cast<std::uint8_t>(1 + stream.below(255)) : std::uint8_t{0};
  for (std::uint8_t& label : batch.labels) label = static_cast<std::uint8_t>(stream.below(classes));
  return batch;
}

/// The largest |numeric - analytic| / (|numeric| + |analytic| + 0.01) over all weights. Masks of dropout
/// are drawn anew from the same stream for each pass. Central differences of a float loss with step 2^-7 are
/// good to about 1e-4.
inline double gradient_error(Network& network, const SmallBatch& batch, bool dropout = false) {
  ImageBatch images;
  batch.read_into(images);
  std::vector<float> gradient(network.parameters().size()), unused(gradient.size());
  const auto loss_into = [&](std::vector<float>& out) {
    Stream mask(9, "test/mask");
    return network.gradient(images, batch.labels, dropout ? &mask : nullptr, out);
  };
  loss_into(gradient);
  double worst = 0.0;
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    float& parameter = network.parameters()[i];
    const float kept = parameter, step = 0x1.0p-7f;
    parameter = kept + step;
    const double above = loss_into(unused);
    parameter = kept - step;
    const double below = loss_into(unused);
    parameter = kept;
    const double numeric = (above - below) / (2.0 * static_cast<double>(step)), analytic = gradient[i];
    worst = std::max(worst, std::abs(numeric - analytic) / (std::abs(numeric) + std::abs(analytic) + 0.01));
  }
  return worst;
}

/// Random weights and biases. (With this seed no sum of the tests lies within a step of relu's kink.)
inline void randomise(Network& network, std::uint64_t seed = 8) {
  Stream stream(seed, "test/parameters");
  std::vector<float> weights(network.weight_count());
  for (float& weight : weights) weight = static_cast<float>(stream.uniform(-0.7, 0.7));
  network.set_weights(weights);
}

}  // namespace ablate::test
