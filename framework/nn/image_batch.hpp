#pragma once
/// The images of one step, as the first layer reads them.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compute/aligned.hpp"
#include "nn/layer.hpp"

namespace ablate {

/// Chosen images of a block of bytes, one image after the other. Bytes become numbers in [0, 1] here, a batch at a time, and the masks say
/// which pixels are not 0: handwriting is mostly paper, and products skip it. Where more than 55% of a batch is not 0, products
/// take every pixel, which is faster then. The batch's own bytes decide, on every machine and with every set of kernels alike, and both ways
/// give the same bits (compute/products.hpp). Buffers grow to the largest batch seen and stay: a batch of 16 takes 52 kB, for
/// 784 pixels each, and reading it 4 to 7% of a step, most of which waits for the bytes themselves.
class ImageBatch {
 public:
  ImageBatch() = default;
  ImageBatch(const ImageBatch&) = delete;
  ImageBatch& operator=(const ImageBatch&) = delete;

  /// Reads `which` of the images; throws std::out_of_range where there is no such image.
  void read(std::span<const std::uint8_t> pixels, std::size_t pixels_per_image,
            std::span<const std::uint32_t> which);

  /// Says which images will be read next, so that the memory begins to send them.
  static void announce(std::span<const std::uint8_t> pixels, std::size_t pixels_per_image,
                       std::span<const std::uint32_t> which);

  std::size_t images() const { return images_; }
  std::size_t pixels_per_image() const { return pixels_; }
  /// Valid until the next read.
  Signal signal() const;

 private:
  std::size_t images_ = 0, pixels_ = 0, stride_ = 0, inked_ = 0;
  compute::AlignedFloats values_;
  std::vector<std::uint64_t> by_image_, by_input_, any_;
  compute::Ink ink_{};
};

}  // namespace ablate
