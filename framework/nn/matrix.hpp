#pragma once
/// Single-precision matrices, one image a column, and how parameters lie in one flat vector.

#include <armadillo>
#include <cstddef>
#include <span>
#include <stdexcept>

namespace ablate {

using Matrix = arma::fmat;

/// A matrix on memory that somebody else owns and keeps alive: writes go through, and it refuses to be
/// resized.
inline Matrix matrix_view(float* memory, std::size_t rows, std::size_t columns) {
  return Matrix(memory, rows, columns, false, true);
}

/// The same, to be read only. (Armadillo has no view of constant memory.)
inline const Matrix matrix_view(const float* memory, std::size_t rows, std::size_t columns) {
  return Matrix(const_cast<float*>(memory), rows, columns, false, true);
}

}  // namespace ablate
