#pragma once
/// Products over the inputs that are not 0: most pixels of handwriting are paper.

#include "compute/isa/vector.hpp"
#include "compute/products.hpp"

namespace ablate::compute::ABLATE_ISA {
namespace {

using Mask = std::uint64_t;
constexpr std::size_t word_bits = 64;

/// Takes the lowest set bit out of the mask.
ABLATE_INLINE std::size_t take_lowest(Mask& mask) {
  const auto bit = static_cast<std::size_t>(__builtin_ctzll(mask));
  mask &= mask - 1;
  return bit;
}

/// One word of one image, R vectors of outputs: z += M[:, i] x[i] for the set bits i of the mask, upwards.
template <std::size_t R>
ABLATE_INLINE void add_inputs(float* z, const float* matrix, std::size_t width, const float* x, Mask mask) {
  V sums[R];
#pragma GCC unroll 16
  for (std::size_t r = 0; r < R; ++r) sums[r] = load(z + r * lanes);
  do {
    const std::size_t i = take_lowest(mask);
    const V value = all(x[i]);
    const float* column = matrix + i * width;
#pragma GCC unroll 16
    for (std::size_t r = 0; r < R; ++r) sums[r] = fma(load(column + r * lanes), value, sums[r]);
  } while (mask);
#pragma GCC unroll 16
  for (std::size_t r = 0; r < R; ++r) store(z + r * lanes, sums[r]);
}

ABLATE_INLINE void add_word(float* z, const float* matrix, std::size_t width, const float* x, Mask mask) {
  std::size_t r = 0;
  for (; r + 8 * lanes <= width; r += 8 * lanes) add_inputs<8>(z + r, matrix + r, width, x, mask);
  for (; r + 4 * lanes <= width; r += 4 * lanes) add_inputs<4>(z + r, matrix + r, width, x, mask);
  for (; r + 2 * lanes <= width; r += 2 * lanes) add_inputs<2>(z + r, matrix + r, width, x, mask);
  for (; r < width; r += lanes) add_inputs<1>(z + r, matrix + r, width, x, mask);
}

/// Panels go up here and down in the update: each then begins with what of M the other left in the cache.
ABLATE_INLINE void forward_some(const float* matrix, MapShape shape, Rows<const float> x,
                                const Mask* by_image, std::size_t words, Rows<float> z) {
  for (std::size_t p = 0; p < panels_of(shape.outputs); ++p) {
    const Panel panel = panel_of(p, shape.outputs);
    for (std::size_t word = 0; word < words; ++word) {
      const float* part = matrix + panel.first * shape.inputs + word * word_bits * panel.width;
      for (std::size_t j = 0; j < x.images; ++j) {
        const Mask mask = by_image[j * words + word];
        if (mask)
          add_word(z.data + j * z.stride + panel.first, part, panel.width,
                   x.data + j * x.stride + word * word_bits, mask);
      }
    }
  }
}

void forward_ink(const float* matrix, MapShape shape, Rows<const float> x, const Ink& ink, Rows<float> z) {
  for (std::size_t j = 0; j < x.images; j += cached_images) {
    const std::size_t images = x.images - j < cached_images ? x.images - j : cached_images;
    forward_some(matrix, shape, {x.data + j * x.stride, x.stride, images}, ink.by_image + j * ink.words,
                 ink.words, {z.data + j * z.stride, z.stride, images});
  }
}

/// P neighbouring inputs, R vectors of outputs: the sum over the set bits j of the mask, upwards, of d[j] x[j][p];
/// with Scaled it starts from 0 and M += scale times it, else it starts from M.
template <std::size_t R, std::size_t P, bool Scaled>
ABLATE_INLINE void add_images(float* matrix, std::size_t width, const float* d, std::size_t d_stride,
                              const float* x, std::size_t x_stride, Mask mask, float scale) {
  V sums[P][R];
#pragma GCC unroll 16
  for (std::size_t p = 0; p < P; ++p)
#pragma GCC unroll 16
    for (std::size_t r = 0; r < R; ++r) sums[p][r] = Scaled ? V{} : load(matrix + p * width + r * lanes);
  do {
    const std::size_t j = take_lowest(mask);
    V value[P];
#pragma GCC unroll 16
    for (std::size_t p = 0; p < P; ++p) value[p] = all(x[j * x_stride + p]);
#pragma GCC unroll 16
    for (std::size_t r = 0; r < R; ++r) {
      const V delta = load(d + j * d_stride + r * lanes);
#pragma GCC unroll 16
      for (std::size_t p = 0; p < P; ++p) sums[p][r] = fma(delta, value[p], sums[p][r]);
    }
  } while (mask);
#pragma GCC unroll 16
  for (std::size_t p = 0; p < P; ++p)
#pragma GCC unroll 16
    for (std::size_t r = 0; r < R; ++r) {
      float* to = matrix + p * width + r * lanes;
      store(to, Scaled ? fma(all(scale), sums[p][r], load(to)) : sums[p][r]);
    }
}

/// Vectors of outputs that fit into the registers beside two inputs.
constexpr std::size_t widest = lanes == 16 ? 8 : lanes == 8 ? 4 : 2;

template <std::size_t P, bool Scaled>
ABLATE_INLINE void add_outputs(float* matrix, std::size_t width, const float* d, std::size_t d_stride,
                               const float* x, std::size_t x_stride, Mask mask, float scale) {
  std::size_t r = 0;
  for (; r + widest * lanes <= width; r += widest * lanes)
    add_images<widest, P, Scaled>(matrix + r, width, d + r, d_stride, x, x_stride, mask, scale);
  if constexpr (widest > 4)
    for (; r + 4 * lanes <= width; r += 4 * lanes)
      add_images<4, P, Scaled>(matrix + r, width, d + r, d_stride, x, x_stride, mask, scale);
  if constexpr (widest > 2)
    for (; r + 2 * lanes <= width; r += 2 * lanes)
      add_images<2, P, Scaled>(matrix + r, width, d + r, d_stride, x, x_stride, mask, scale);
  for (; r < width; r += lanes)
    add_images<1, P, Scaled>(matrix + r, width, d + r, d_stride, x, x_stride, mask, scale);
}

/// Inputs [first, last) of one panel with one block of 64 images. Two inputs at a time share what is read of d: where only one
/// of them has ink, the other's sum takes a product with 0.
template <bool Scaled>
ABLATE_INLINE void add_block(float* matrix, std::size_t width, Rows<const float> d, Rows<const float> x,
                             const Mask* by_input, std::size_t first, std::size_t last, float scale) {
  std::size_t i = first;
  for (; i + 2 <= last; i += 2)
    if (const Mask mask = by_input[i] | by_input[i + 1])
      add_outputs<2, Scaled>(matrix + (i - first) * width, width, d.data, d.stride, x.data + i, x.stride,
                             mask, scale);
  if (i < last && by_input[i])
    add_outputs<1, Scaled>(matrix + (i - first) * width, width, d.data, d.stride, x.data + i, x.stride,
                           by_input[i], scale);
}

/// Inputs whose gradient is summed in a buffer where there is more than one block of images.
constexpr std::size_t buffered = 32;

ABLATE_INLINE void add_blocks(float* matrix, std::size_t width, Rows<const float> d, Rows<const float> x,
                              const Ink& ink, std::size_t first, std::size_t last, float scale) {
  float sums[buffered * panel_width];
  for (std::size_t i = 0; i < (last - first) * width; i += lanes) store(sums + i, V{});
  for (std::size_t j = 0; j < x.images; j += word_bits) {
    const Rows<const float> some_d{d.data + j * d.stride, d.stride, 0},
        some_x{x.data + j * x.stride, x.stride, 0};
    add_block<false>(sums, width, some_d, some_x, ink.by_input + j / word_bits * ink.words * word_bits, first,
                     last, 0.0f);
  }
  for (std::size_t i = 0; i < (last - first) * width; i += lanes)
    store(matrix + i, fma(all(scale), load(sums + i), load(matrix + i)));
}

void add_gradient_ink(float* matrix, MapShape shape, Rows<const float> d, Rows<const float> x, const Ink& ink,
                      float scale) {
  for (std::size_t p = panels_of(shape.outputs); p-- > 0;) {
    const Panel panel = panel_of(p, shape.outputs);
    const Rows<const float> own{d.data + panel.first, d.stride, d.images};
    for (std::size_t first = 0; first < shape.inputs; first += buffered) {
      const std::size_t last = first + buffered < shape.inputs ? first + buffered : shape.inputs;
      if (!(ink.any[first / word_bits] >> first % word_bits & 0xffffffffu)) continue;
      float* part = matrix + panel.first * shape.inputs + first * panel.width;
      if (x.images <= word_bits)
        add_block<true>(part, panel.width, own, x, ink.by_input, first, last, scale);
      else
        add_blocks(part, panel.width, own, x, ink, first, last, scale);
    }
  }
}

std::size_t read_image(const std::uint8_t* bytes, std::size_t inputs, std::size_t image, float* row,
                       std::uint64_t* by_image, std::uint64_t* by_input, std::uint64_t* any) {
  const Mask bit = Mask{1} << image % word_bits;
  for (std::size_t i = 0; i < inputs; ++i) {
    row[i] = static_cast<float>(bytes[i]) * (1.0f / 255.0f);
    by_input[i] |= bytes[i] ? bit : 0u;
  }
  std::size_t inked = 0;
  for (std::size_t first = 0; first < inputs; first += word_bits) {
    std::uint8_t rest[word_bits] = {};
    const std::uint8_t* from = bytes + first;
    if (inputs - first < word_bits) {
      for (std::size_t i = first; i < inputs; ++i) rest[i - first] = bytes[i];
      from = rest;
    }
    const Mask mask = nonzero_bytes(from) | static_cast<Mask>(nonzero_bytes(from + 32)) << 32;
    by_image[first / word_bits] = mask;
    any[first / word_bits] |= mask;
    inked += static_cast<std::size_t>(__builtin_popcountll(mask));
  }
  return inked;
}

}  // namespace
}  // namespace ablate::compute::ABLATE_ISA
