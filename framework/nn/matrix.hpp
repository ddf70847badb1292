#pragma once
/// Single-precision matrices, and views of memory as such. For the sources of nn and for tests: headers that others
/// include do not include this one.

#include <cstddef>

// Armadillo holds matrices here and does not multiply them: its headers alone, without the libraries that it can call.
#define ARMA_DONT_USE_WRAPPER
#define ARMA_DONT_USE_BLAS
#define ARMA_DONT_USE_LAPACK
#define ARMA_DONT_USE_ARPACK
#define ARMA_DONT_USE_SUPERLU
#define ARMA_DONT_USE_HDF5
#define ARMA_DONT_USE_OPENMP
#include <armadillo>

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
