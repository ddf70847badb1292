#include "nn/image_batch.hpp"

#include <algorithm>
#include <stdexcept>

#include "compute/dispatch.hpp"
#include "compute/layout.hpp"

namespace ablate {
namespace {

std::size_t in_words(std::size_t count) { return (count + compute::mask_bits - 1) / compute::mask_bits; }

}  // namespace

void ImageBatch::read(std::span<const std::uint8_t> pixels, std::size_t pixels_per_image,
                      std::span<const std::uint32_t> which) {
  images_ = which.size();
  pixels_ = pixels_per_image;
  stride_ = compute::row_stride(pixels_);
  const std::size_t words = in_words(pixels_), blocks = in_words(images_);
  compute::grow(values_, images_ * stride_);
  compute::grow(by_image_, images_ * words);
  by_input_.assign(blocks * words * compute::mask_bits, 0);
  any_.assign(words, 0);
  inked_ = 0;
  for (std::size_t image = 0; image < images_; ++image) {
    if ((which[image] + std::size_t{1}) * pixels_ > pixels.size()) throw std::out_of_range("no such image");
    inked_ += compute::kernels().products.read_image(
        pixels.data() + which[image] * pixels_, pixels_, image, values_.data() + image * stride_,
        by_image_.data() + image * words,
        by_input_.data() + image / compute::mask_bits * words * compute::mask_bits, any_.data());
  }
  ink_ = {by_image_.data(), by_input_.data(), any_.data(), words};
}

void ImageBatch::announce(std::span<const std::uint8_t> pixels, std::size_t pixels_per_image,
                          std::span<const std::uint32_t> which) {
  constexpr std::size_t cache_line = 64;
  for (const std::uint32_t image : which) {
    if ((image + std::size_t{1}) * pixels_per_image > pixels.size()) return;
    const std::uint8_t* from = pixels.data() + image * pixels_per_image;
    for (std::size_t i = 0; i < pixels_per_image; i += cache_line) __builtin_prefetch(from + i, 0, 2);
  }
}

Signal ImageBatch::signal() const {
  const bool dense = inked_ * 100 > images_ * pixels_ * 55;
  return {{values_.data(), stride_, images_}, dense ? nullptr : &ink_};
}

}  // namespace ablate
