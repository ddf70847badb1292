#pragma once
/// Matrix products with one order of summation, hence the same bits from every instruction set.
///
/// Every output is one accumulator. It starts from what the function says and takes one fused multiply-add for each term,
/// in rising order of the summed index:
///
///     forward      z[j][o]  = bias[o], then + M[o][k] x[j][k] for k upwards
///     input delta  dx[j][k] = 0,       then + M[o][k] d[j][o] for o upwards
///     gradient     g[o][k]  = 0,       then + d[j][o] x[j][k] for j upwards;  target = fma(scale, g, target)
///
/// The error of a sum of n terms is at most n units in the last place of the sum of the terms' magnitudes (Higham 2002,
/// section 3.1); what is added to a weight is rounded once more.
///
/// Products with a zero of x are left out where `Ink` says so. That changes no bit of a finite result, but for the sign of a
/// zero; an infinite weight is seen only where its input is not 0 (Sums::all_finite finds it).

#include <cstddef>
#include <cstdint>

namespace ablate::compute {

/// M: `outputs` (a multiple of 16) x `inputs`, in the panels of layout.hpp.
struct MapShape {
  std::size_t outputs, inputs;
};

/// One row per image, `stride` floats apart.
template <class T>
struct Rows {
  T* data;
  std::size_t stride;
  std::size_t images;
};

/// Which inputs of a batch are not 0. Bit i of word w stands for element 64 w + i; words = inputs / 64, rounded up.
struct Ink {
  const std::uint64_t* by_image;  ///< [image][words]: inputs of the image
  const std::uint64_t* by_input;  ///< [images / 64, rounded up][64 words]: images that have the input
  const std::uint64_t* any;       ///< [words]: inputs that some image has
  std::size_t words;
};

struct Products {
  /// From bytes to values / 255 (rounded as byte x (1 / 255)), `inputs` of them, and the masks of ink. Returns how many
  /// are not 0. by_input and any must be 0 before the first image; `inputs` to 64 `words` of a row are left alone.
  std::size_t (*read_image)(const std::uint8_t* bytes, std::size_t inputs, std::size_t image, float* row,
                            std::uint64_t* by_image, std::uint64_t* by_input, std::uint64_t* any);

  /// z += M x. z: outputs a row.
  void (*forward)(const float* matrix, MapShape shape, Rows<const float> x, Rows<float> z);
  void (*forward_ink)(const float* matrix, MapShape shape, Rows<const float> x, const Ink& ink,
                      Rows<float> z);

  /// M += scale d x^T.
  void (*add_gradient)(float* matrix, MapShape shape, Rows<const float> d, Rows<const float> x, float scale);
  void (*add_gradient_ink)(float* matrix, MapShape shape, Rows<const float> d, Rows<const float> x,
                           const Ink& ink, float scale);

  /// b += scale (sum of d over the images): added upwards from 0, then one fused multiply-add. `outputs`: a multiple of 16.
  void (*add_bias_gradient)(float* bias, std::size_t outputs, Rows<const float> d, float scale);

  /// dx := M^T d; from `inputs` to the next multiple of 16 a row of dx becomes 0. `scratch`: input_delta_scratch floats.
  void (*input_delta)(const float* matrix, MapShape shape, Rows<const float> d, Rows<float> dx,
                      float* scratch);
};

/// Images whose deltas are transposed at a time.
constexpr std::size_t delta_images = 64;
constexpr std::size_t input_delta_scratch(std::size_t inputs) {
  return delta_images * (128 + (inputs + 15) / 16 * 16);
}

}  // namespace ablate::compute
