#pragma once
/// How the kernels lay out matrices in memory. The layout is the same for every instruction set, so that a
/// parameter vector is too.

#include <cstddef>

namespace ablate::compute {

/// Rows of outputs come in groups of 16 floats (64 bytes, the widest vector); what lies beyond the last output is 0.
constexpr std::size_t group = 16;
constexpr std::size_t padded(std::size_t outputs) { return (outputs + group - 1) / group * group; }

/// Floats from one image's row of activations to the next: an odd number of groups, so that rows of a power of
/// two do not all fall into the same few sets of a cache.
constexpr std::size_t row_stride(std::size_t outputs) {
  return padded(outputs) / group % 2 == 1 ? padded(outputs) : padded(outputs) + group;
}

/// A map's matrix (outputs x inputs, outputs a multiple of 16) is cut into panels of 128 outputs, the last one
/// of what is left: panel after panel, in each input after input, and for each input the panel's outputs.
/// 64 inputs of a panel are 32 KiB. Up to 128 outputs this is the plain column-major matrix.
constexpr std::size_t panel = 128;

/// Where the weight from `input` to `output` is in the matrix.
constexpr std::size_t weight_at(std::size_t output, std::size_t input, std::size_t outputs,
                                std::size_t inputs) {
  const std::size_t first = output / panel * panel;
  const std::size_t width = outputs - first < panel ? outputs - first : panel;
  return first * inputs + input * width + (output - first);
}

/// Images (or pixels) that a word of a mask covers.
constexpr std::size_t mask_bits = 64;

}  // namespace ablate::compute
