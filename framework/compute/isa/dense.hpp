#pragma once
/// Products over all inputs: one tile of accumulators in registers serves the three of them.

#include "compute/isa/vector.hpp"
#include "compute/products.hpp"

namespace ablate::compute::ABLATE_ISA {
namespace {

/// What a tile multiplies: vector m of term k is vectors[k * vector_stride + m lanes], the factor of row n is
/// factors[n * row_step + k * term_step].
struct Terms {
  const float* vectors;
  std::size_t vector_stride;
  const float* factors;
  std::size_t row_step, term_step;
  std::size_t count;
};

/// out[n][m] := out[n][m] + the sum over k, upwards; with Scaled the sum starts from 0 and out += scale times it.
/// M vectors by N rows.
template <std::size_t M, std::size_t N, bool Scaled>
ABLATE_INLINE void tile(float* out, std::size_t stride, const Terms& terms, float scale) {
  V sums[N][M];
#pragma GCC unroll 24
  for (std::size_t n = 0; n < N; ++n)
#pragma GCC unroll 24
    for (std::size_t m = 0; m < M; ++m) sums[n][m] = Scaled ? V{} : load(out + n * stride + m * lanes);
  const float* vectors = terms.vectors;
  const float* factors = terms.factors;
  for (std::size_t k = 0; k < terms.count; ++k) {
    V vector[M];
#pragma GCC unroll 24
    for (std::size_t m = 0; m < M; ++m) vector[m] = load(vectors + m * lanes);
#pragma GCC unroll 24
    for (std::size_t n = 0; n < N; ++n) {
      const V factor = all(factors[n * terms.row_step]);
#pragma GCC unroll 24
      for (std::size_t m = 0; m < M; ++m) sums[n][m] = fma(vector[m], factor, sums[n][m]);
    }
    vectors += terms.vector_stride;
    factors += terms.term_step;
  }
#pragma GCC unroll 24
  for (std::size_t n = 0; n < N; ++n)
#pragma GCC unroll 24
    for (std::size_t m = 0; m < M; ++m) {
      float* to = out + n * stride + m * lanes;
      store(to, Scaled ? fma(all(scale), sums[n][m], load(to)) : sums[n][m]);
    }
}

/// As many whole groups of N rows as there are from row n on.
template <std::size_t M, std::size_t N, bool Scaled>
ABLATE_INLINE std::size_t tiles(float* out, std::size_t stride, const Terms& terms, std::size_t n,
                                std::size_t rows, float scale) {
  for (; n + N <= rows; n += N) {
    Terms own = terms;
    own.factors += n * terms.row_step;
    tile<M, N, Scaled>(out + n * stride, stride, own, scale);
  }
  return n;
}

/// `rows` rows of M vectors. A tile is as high as the registers allow, for each accumulator waits for its last sum.
template <std::size_t M, bool Scaled>
ABLATE_INLINE void strip(float* out, std::size_t stride, const Terms& terms, std::size_t rows, float scale) {
  constexpr std::size_t accumulators = lanes == 16 ? 24 : 12;
  constexpr std::size_t N = M == 1 ? accumulators / 3 * 2 : accumulators / M;
  std::size_t n = tiles<M, N, Scaled>(out, stride, terms, 0, rows, scale);
  if constexpr (N > 4) n = tiles<M, 4, Scaled>(out, stride, terms, n, rows, scale);
  if constexpr (N > 2) n = tiles<M, 2, Scaled>(out, stride, terms, n, rows, scale);
  tiles<M, 1, Scaled>(out, stride, terms, n, rows, scale);
}

/// Vectors of a strip: of what is left, so that no strip is much narrower than the others.
ABLATE_INLINE std::size_t strip_vectors(std::size_t left) {
  if (left == 4) return 2;
  return left >= 3 ? 3 : left;
}

/// `rows` rows of `width` floats, a multiple of 16. Where a tile would do little for each vector that it reads and writes, few rows or
/// few terms, strips are wide instead, so that memory is passed in its order.
template <bool Scaled>
ABLATE_INLINE void product(float* out, std::size_t stride, Terms terms, std::size_t width, std::size_t rows,
                           float scale) {
  constexpr std::size_t wide = 8, wide_rows = lanes == 16 ? 2 : 1;
  while (width > 0) {
    const bool is_wide = width >= wide * lanes && (rows <= wide_rows || (lanes == 16 && terms.count <= 2));
    const std::size_t m = is_wide ? wide : strip_vectors(width / lanes);
    if (m == wide) {
      const std::size_t n = tiles<wide, wide_rows, Scaled>(out, stride, terms, 0, rows, scale);
      tiles<wide, 1, Scaled>(out, stride, terms, n, rows, scale);
    }
    if (m == 3) strip<3, Scaled>(out, stride, terms, rows, scale);
    if (m == 2) strip<2, Scaled>(out, stride, terms, rows, scale);
    if (m == 1) strip<1, Scaled>(out, stride, terms, rows, scale);
    out += m * lanes;
    terms.vectors += m * lanes;
    width -= m * lanes;
  }
}

void forward(const float* matrix, MapShape shape, Rows<const float> x, Rows<float> z) {
  for (std::size_t j = 0; j < x.images; j += cached_images) {
    const std::size_t images = x.images - j < cached_images ? x.images - j : cached_images;
    for (std::size_t p = 0; p < panels_of(shape.outputs); ++p) {
      const Panel panel = panel_of(p, shape.outputs);
      const Terms terms{
          matrix + panel.first * shape.inputs, panel.width, x.data + j * x.stride, x.stride, 1, shape.inputs};
      product<false>(z.data + j * z.stride + panel.first, z.stride, terms, panel.width, images, 0.0f);
    }
  }
}

void add_gradient(float* matrix, MapShape shape, Rows<const float> d, Rows<const float> x, float scale) {
  for (std::size_t p = panels_of(shape.outputs); p-- > 0;) {
    const Panel panel = panel_of(p, shape.outputs);
    const Terms terms{d.data + panel.first, d.stride, x.data, 1, x.stride, x.images};
    product<true>(matrix + panel.first * shape.inputs, panel.width, terms, panel.width, shape.inputs, scale);
  }
}

void add_bias_gradient(float* bias, std::size_t outputs, Rows<const float> d, float scale) {
  for (std::size_t o = 0; o < outputs; o += lanes) {
    V sum{};
    for (std::size_t j = 0; j < d.images; ++j) sum = sum + load(d.data + j * d.stride + o);
    store(bias + o, fma(all(scale), sum, load(bias + o)));
  }
}

/// to[c][r] := from[r][c] for r below `rows`, 0 for the others up to the next multiple of the lanes; `columns`: a multiple of the lanes.
ABLATE_INLINE void transpose_rows(const float* from, std::size_t from_stride, std::size_t rows,
                                  std::size_t columns, float* to, std::size_t to_stride) {
  for (std::size_t r = 0; r < rows; r += lanes)
    for (std::size_t c = 0; c < columns; c += lanes) {
      V block[lanes];
#pragma GCC unroll 16
      for (std::size_t i = 0; i < lanes; ++i)
        block[i] = r + i < rows ? load(from + (r + i) * from_stride + c) : V{};
      transpose(block);
#pragma GCC unroll 16
      for (std::size_t i = 0; i < lanes; ++i) store(to + (c + i) * to_stride + r, block[i]);
    }
}

/// The other way: writes only the first `rows` rows of `to`.
ABLATE_INLINE void transpose_columns(const float* from, std::size_t from_stride, std::size_t rows,
                                     std::size_t columns, float* to, std::size_t to_stride) {
  for (std::size_t r = 0; r < rows; r += lanes)
    for (std::size_t c = 0; c < columns; c += lanes) {
      V block[lanes];
#pragma GCC unroll 16
      for (std::size_t i = 0; i < lanes; ++i) block[i] = load(from + (c + i) * from_stride + r);
      transpose(block);
#pragma GCC unroll 16
      for (std::size_t i = 0; i < lanes; ++i)
        if (r + i < rows) store(to + (r + i) * to_stride + c, block[i]);
    }
}

/// Of few images: M is transposed in registers, block by block, and images share it.
template <std::size_t Images>
ABLATE_INLINE void input_delta_of_few(const float* matrix, MapShape shape, Rows<const float> d,
                                      Rows<float> dx) {
  for (std::size_t j = 0; j < Images; ++j)
    for (std::size_t k = 0; k < shape.inputs; k += group_size)
      for (std::size_t i = 0; i < group_size; i += lanes) store(dx.data + j * dx.stride + k + i, V{});
  for (std::size_t p = 0; p < panels_of(shape.outputs); ++p) {
    const Panel panel = panel_of(p, shape.outputs);
    for (std::size_t o = 0; o < panel.width; o += lanes)
      for (std::size_t k = 0; k < shape.inputs; k += lanes) {
        const float* from = matrix + panel.first * shape.inputs + k * panel.width + o;
        V block[lanes];
#pragma GCC unroll 16
        for (std::size_t i = 0; i < lanes; ++i)
          block[i] = k + i < shape.inputs ? load(from + i * panel.width) : V{};
        transpose(block);
        for (std::size_t j = 0; j < Images; ++j) {
          const float* delta = d.data + j * d.stride + panel.first + o;
          float* to = dx.data + j * dx.stride + k;
          V sum = load(to);
#pragma GCC unroll 16
          for (std::size_t i = 0; i < lanes; ++i) sum = fma(block[i], all(delta[i]), sum);
          store(to, sum);
        }
      }
  }
}

/// Images are in lanes here, for the sum runs over what is in lanes elsewhere: d is transposed panel by panel, dx back.
ABLATE_INLINE void input_delta_of_many(const float* matrix, MapShape shape, Rows<const float> d,
                                       Rows<float> dx, float* scratch) {
  const std::size_t inputs = (shape.inputs + group_size - 1) / group_size * group_size;
  float* const transposed = scratch;                         // [output of the panel][image]
  float* const sums = scratch + panel_width * delta_images;  // [input][image]
  for (std::size_t j = 0; j < d.images; j += delta_images) {
    const std::size_t images = d.images - j < delta_images ? d.images - j : delta_images;
    const std::size_t stride = (images + lanes - 1) / lanes * lanes;
    for (std::size_t i = 0; i < inputs * stride; i += lanes) store(sums + i, V{});
    for (std::size_t p = 0; p < panels_of(shape.outputs); ++p) {
      const Panel panel = panel_of(p, shape.outputs);
      transpose_rows(d.data + j * d.stride + panel.first, d.stride, images, panel.width, transposed, stride);
      const Terms terms{transposed, stride, matrix + panel.first * shape.inputs, panel.width, 1, panel.width};
      product<false>(sums, stride, terms, stride, shape.inputs, 0.0f);
    }
    transpose_columns(sums, stride, images, inputs, dx.data + j * dx.stride, dx.stride);
  }
}

void input_delta(const float* matrix, MapShape shape, Rows<const float> d, Rows<float> dx, float* scratch) {
  switch (d.images) {
    case 1:
      return input_delta_of_few<1>(matrix, shape, d, dx);
    case 2:
      return input_delta_of_few<2>(matrix, shape, d, dx);
    case 3:
      return input_delta_of_few<3>(matrix, shape, d, dx);
    case 4:
      return input_delta_of_few<4>(matrix, shape, d, dx);
    default:
      return input_delta_of_many(matrix, shape, d, dx, scratch);
  }
}

}  // namespace
}  // namespace ablate::compute::ABLATE_ISA
