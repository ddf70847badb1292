#include "metrics/tile.hpp"

#include <algorithm>
#include <stdexcept>

#include "compute/dispatch.hpp"

namespace ablate {

Tile::Tile(std::size_t classes, const compute::Kernels& kernels)
    : classes_(classes),
      padded_((classes + tile_images - 1) / tile_images * tile_images),
      score_(kernels.score_tile),
      logits_(padded_ * tile_images),
      columns_(padded_ * tile_images),
      exponentials_(classes * tile_images) {}

void Tile::push(const float* logits, std::uint8_t truth) {
  lent_ = nullptr;
  std::copy_n(logits, classes_, logits_.data() + images_ * padded_);
  truth_[images_] = truth;
  ++images_;
}

void Tile::lend(const float* logits, const std::uint8_t* truth) {
  lent_ = logits;
  std::copy_n(truth, tile_images, truth_.begin());
  images_ = tile_images;
}

void Tile::score(float* probabilities, std::size_t stride) {
  score_({.logits = lent_ ? lent_ : logits_.data(),
          .stride = lent_ ? classes_ : padded_,
          .classes = classes_,
          .truth = truth_.data(),
          .columns = columns_.data(),
          .exponentials = exponentials_.data()},
         scores_, probabilities, stride);
}

void softmax(std::span<const float> logits, int classes, std::span<float> probabilities) {
  const auto rows = static_cast<std::size_t>(classes);
  if (classes < 1 || logits.size() % rows != 0 || probabilities.size() != logits.size()) {
    throw std::invalid_argument(
        "softmax: logits and probabilities must be of one size, whole columns of classes");
  }
  Tile tile(rows, compute::kernels());
  std::vector<float> of_tile(rows * tile_images);
  const std::size_t images = logits.size() / rows;
  for (std::size_t first = 0; first < images; first += tile_images) {
    const std::size_t count = std::min(tile_images, images - first);
    for (std::size_t i = 0; i < count; ++i) tile.push(logits.data() + (first + i) * rows, 0);
    tile.score(of_tile.data(), tile_images);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t c = 0; c < rows; ++c) {
        probabilities[(first + i) * rows + c] = of_tile[c * tile_images + i];
      }
    }
    tile.clear();
  }
}

}  // namespace ablate
