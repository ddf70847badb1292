#pragma once
/// All kernels of one instruction set.

#include "compute/elementwise.hpp"
#include "compute/optimizer_steps.hpp"
#include "compute/products.hpp"
#include "compute/scores.hpp"

namespace ablate::compute {

struct Kernels {
  const char* name;   ///< "avx512", "avx2", "neon", "portable"
  std::size_t lanes;  ///< floats of a vector
  Products products;
  Elementwise elementwise;
  Softmax softmax;
  Sums sums;
  OptimizerSteps steps;
  ScoreTile score_tile;
};

}  // namespace ablate::compute
