// Every product of every instruction set against plain loops of std::fma in the documented order, bit by bit.

#include "compute/products.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "compute/dispatch.hpp"
#include "compute/layout.hpp"
#include "random_floats.hpp"

using namespace ablate;
using namespace ablate::compute;
using namespace ablate::test;

namespace {

/// One map and one batch of images of bytes, `ink` of which are not 0.
struct Case {
  std::size_t outputs, inputs, images;
  double ink;
  MapShape shape() const { return {outputs, inputs}; }
  std::size_t x_stride() const { return padded(inputs) + 64; }
  std::size_t z_stride() const { return row_stride(outputs); }
  std::size_t words() const { return (inputs + 63) / 64; }
};

struct Operands {
  AlignedFloats matrix, bias, x, z, d, dx;
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint64_t> by_image, by_input, any;
  std::size_t inked = 0;
};

Operands draw(const Case& c, Stream& stream, const Kernels& kernels) {
  Operands o;
  o.matrix = random_floats(c.outputs * c.inputs, stream);
  o.bias = random_floats(c.outputs, stream);
  o.z = random_floats(c.images * c.z_stride(), stream);
  o.d = random_floats(c.images * c.z_stride(), stream);
  o.dx = random_floats(c.images * row_stride(c.inputs), stream);
  o.x = AlignedFloats(c.images * c.x_stride());
  o.bytes.resize(c.images * c.inputs);
  for (std::uint8_t& byte : o.bytes)
    byte = stream.uniform() < c.ink ? static_cast<std::uint8_t>(1 + stream.below(255)) : std::uint8_t{0};
  o.by_image.resize(c.images * c.words());
  o.by_input.resize((c.images + 63) / 64 * c.words() * 64);
  o.any.resize(c.words());
  for (std::size_t j = 0; j < c.images; ++j)
    o.inked += kernels.products.read_image(o.bytes.data() + j * c.inputs, c.inputs, j,
                                           o.x.data() + j * c.x_stride(), o.by_image.data() + j * c.words(),
                                           o.by_input.data() + j / 64 * c.words() * 64, o.any.data());
  return o;
}

Ink ink_of(const Operands& o, const Case& c) {
  return {o.by_image.data(), o.by_input.data(), o.any.data(), c.words()};
}

/// Sums that start from z: z[j][o] + M[o][k] x[j][k] for k upwards.
AlignedFloats plain_forward(const Case& c, const Operands& operands) {
  AlignedFloats z = operands.z;
  for (std::size_t j = 0; j < c.images; ++j)
    for (std::size_t o = 0; o < c.outputs; ++o)
      for (std::size_t k = 0; k < c.inputs; ++k) {
        float& sum = z[j * c.z_stride() + o];
        sum = std::fma(operands.matrix[weight_at(o, k, c.outputs, c.inputs)],
                       operands.x[j * c.x_stride() + k], sum);
      }
  return z;
}

AlignedFloats plain_gradient(const Case& c, const Operands& operands, float scale) {
  AlignedFloats matrix = operands.matrix;
  for (std::size_t o = 0; o < c.outputs; ++o)
    for (std::size_t k = 0; k < c.inputs; ++k) {
      float sum = 0.0f;
      for (std::size_t j = 0; j < c.images; ++j)
        sum = std::fma(operands.d[j * c.z_stride() + o], operands.x[j * c.x_stride() + k], sum);
      float& weight = matrix[weight_at(o, k, c.outputs, c.inputs)];
      weight = std::fma(scale, sum, weight);
    }
  return matrix;
}

AlignedFloats plain_input_delta(const Case& c, const Operands& operands) {
  AlignedFloats dx = operands.dx;
  for (std::size_t j = 0; j < c.images; ++j)
    for (std::size_t k = 0; k < padded(c.inputs); ++k) {
      float sum = 0.0f;
      if (k < c.inputs)
        for (std::size_t o = 0; o < c.outputs; ++o)
          sum = std::fma(operands.matrix[weight_at(o, k, c.outputs, c.inputs)],
                         operands.d[j * c.z_stride() + o], sum);
      dx[j * row_stride(c.inputs) + k] = sum;
    }
  return dx;
}

AlignedFloats plain_bias(const Case& c, const Operands& operands, float scale) {
  AlignedFloats bias = operands.bias;
  for (std::size_t o = 0; o < c.outputs; ++o) {
    float sum = 0.0f;
    for (std::size_t j = 0; j < c.images; ++j) sum += operands.d[j * c.z_stride() + o];
    bias[o] = std::fma(scale, sum, bias[o]);
  }
  return bias;
}

void compare_products(const Case& c, const Kernels& kernels, const Operands& operands) {
  const Products& products = kernels.products;
  const Rows<const float> x{operands.x.data(), c.x_stride(), c.images},
      d{operands.d.data(), c.z_stride(), c.images};
  const float scale = -0.037f;

  const AlignedFloats z = plain_forward(c, operands);
  AlignedFloats dense = operands.z, inked = operands.z;
  products.forward(operands.matrix.data(), c.shape(), x, {dense.data(), c.z_stride(), c.images});
  products.forward_ink(operands.matrix.data(), c.shape(), x, ink_of(operands, c),
                       {inked.data(), c.z_stride(), c.images});
  CHECK(differing_bits(dense, z) == 0);
  CHECK(differing_bits(inked, z) == 0);

  const AlignedFloats updated = plain_gradient(c, operands, scale);
  dense = operands.matrix, inked = operands.matrix;
  products.add_gradient(dense.data(), c.shape(), d, x, scale);
  products.add_gradient_ink(inked.data(), c.shape(), d, x, ink_of(operands, c), scale);
  CHECK(differing_bits(dense, updated) == 0);
  CHECK(differing_bits(inked, updated) == 0);

  AlignedFloats dx = operands.dx, bias = operands.bias, scratch(input_delta_scratch(c.inputs));
  products.input_delta(operands.matrix.data(), c.shape(), d, {dx.data(), row_stride(c.inputs), c.images},
                       scratch.data());
  CHECK(differing_bits(dx, plain_input_delta(c, operands)) == 0);
  products.add_bias_gradient(bias.data(), c.outputs, d, scale);
  CHECK(differing_bits(bias, plain_bias(c, operands, scale)) == 0);
}

void compare_products(const Case& c, const Kernels& kernels, std::uint64_t seed) {
  CAPTURE(kernels.name, c.outputs, c.inputs, c.images, c.ink, seed);
  Stream stream(seed, "test/products");
  compare_products(c, kernels, draw(c, stream, kernels));
}

}  // namespace

TEST_CASE("every product of every instruction set has the bits of plain loops in the documented order") {
  const std::vector<Case> cases = {
      {16, 1, 1, 1.0},    {16, 3, 2, 0.5},    {48, 65, 3, 0.3},    {128, 64, 1, 0.3},  {144, 40, 5, 0.3},
      {272, 29, 7, 0.4},  {32, 130, 17, 0.2}, {64, 33, 63, 0.3},   {48, 47, 64, 0.3},  {80, 31, 65, 0.3},
      {16, 97, 129, 0.1}, {96, 100, 16, 1.0}, {112, 127, 12, 0.9}, {256, 8, 100, 0.3}, {176, 50, 9, 0.0}};
  std::uint64_t seed = 0;
  for (const Case& c : cases) {
    ++seed;
    for (const Kernels* kernels : available_kernels()) compare_products(c, *kernels, seed);
  }
}

TEST_CASE("products of random shapes have the bits of plain loops") {
  Stream stream(1, "test/shapes");
  for (std::uint64_t round = 0; round < 12; ++round) {
    const Case c{16 * (1 + stream.below(20)), 1 + stream.below(90), 1 + stream.below(40), stream.uniform()};
    for (const Kernels* kernels : available_kernels()) compare_products(c, *kernels, 100 + round);
  }
}

TEST_CASE("products of subnormal weights, deltas and sums have the bits of plain loops") {
  const Case c{144, 70, 9, 0.4};
  for (const Kernels* kernels : available_kernels()) {
    Stream stream(11, "test/subnormal");
    Operands operands = draw(c, stream, *kernels);
    for (AlignedFloats* each : {&operands.matrix, &operands.bias, &operands.z, &operands.d, &operands.dx})
      for (float& value : *each) value *= 0x1p-130f;
    compare_products(c, *kernels, operands);
    CHECK(operands.matrix[0] != 0.0f);
  }
}

TEST_CASE("an image is read as its bytes times 1 / 255, and its masks name what is not 0") {
  const Case c{16, 150, 70, 0.4};
  for (const Kernels* kernels : available_kernels()) {
    CAPTURE(kernels->name);
    Stream stream(5, "test/read");
    const Operands o = draw(c, stream, *kernels);
    std::size_t wrong = 0, inked = 0;
    for (std::size_t j = 0; j < c.images; ++j)
      for (std::size_t k = 0; k < c.inputs; ++k) {
        const std::uint8_t byte = o.bytes[j * c.inputs + k];
        inked += byte != 0;
        wrong += o.x[j * c.x_stride() + k] != static_cast<float>(byte) * (1.0f / 255.0f);
        wrong += (o.by_image[j * c.words() + k / 64] >> k % 64 & 1) != (byte != 0);
        wrong += (o.by_input[j / 64 * c.words() * 64 + k] >> j % 64 & 1) != (byte != 0);
        wrong += byte != 0 && !(o.any[k / 64] >> k % 64 & 1);
      }
    CHECK(wrong == 0);
    CHECK(o.inked == inked);
  }
}

TEST_CASE("an image's sums do not depend on the batch that it comes in") {
  const Case all{128, 90, 33, 0.3};
  for (const Kernels* kernels : available_kernels()) {
    CAPTURE(kernels->name);
    Stream stream(7, "test/alone");
    const Operands o = draw(all, stream, *kernels);
    AlignedFloats together = o.z, alone = o.z;
    kernels->products.forward(o.matrix.data(), all.shape(), {o.x.data(), all.x_stride(), all.images},
                              {together.data(), all.z_stride(), all.images});
    for (std::size_t j = 0; j < all.images; ++j)
      kernels->products.forward(o.matrix.data(), all.shape(),
                                {o.x.data() + j * all.x_stride(), all.x_stride(), 1},
                                {alone.data() + j * all.z_stride(), all.z_stride(), 1});
    CHECK(differing_bits(together, alone) == 0);
  }
}

TEST_CASE("a product's error against double precision stays within the bound of its number of terms") {
  const Case c{32, 300, 4, 0.5};
  for (const Kernels* kernels : available_kernels()) {
    CAPTURE(kernels->name);
    Stream stream(9, "test/error");
    const Operands o = draw(c, stream, *kernels);
    AlignedFloats z = o.z;
    kernels->products.forward(o.matrix.data(), c.shape(), {o.x.data(), c.x_stride(), c.images},
                              {z.data(), c.z_stride(), c.images});
    double worst = 0.0;
    for (std::size_t j = 0; j < c.images; ++j)
      for (std::size_t out = 0; out < c.outputs; ++out) {
        double sum = o.z[j * c.z_stride() + out], magnitudes = std::abs(sum);
        for (std::size_t k = 0; k < c.inputs; ++k) {
          const double term = static_cast<double>(o.matrix[weight_at(out, k, c.outputs, c.inputs)]) *
                              static_cast<double>(o.x[j * c.x_stride() + k]);
          sum += term;
          magnitudes += std::abs(term);
        }
        worst = std::max(worst, std::abs(static_cast<double>(z[j * c.z_stride() + out]) - sum) / magnitudes);
      }
    CHECK(worst < 300 * 0x1p-24);
    CHECK(worst > 0.0);
  }
}
