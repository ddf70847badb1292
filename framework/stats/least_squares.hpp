#pragma once
/// How much of a vector so many columns explain.

#include <cstddef>
#include <vector>

namespace ablate {

using Column = std::vector<double>;

/// Grows column by column; columns that those before them already span add nothing. Source: Gram and Schmidt,
/// modified and run twice (Giraud et al. 2005).
class LeastSquares {
 public:
  /// What columns added to the fit.
  struct Gain {
    std::size_t degrees = 0;      ///< columns that were new
    double sum_of_squares = 0.0;  ///< by which the residual fell
  };

  explicit LeastSquares(Column target) : residual_(std::move(target)) {}

  /// Columns are as long as the target. A column counts as new where more than 1e-8 of its length is.
  Gain add(const std::vector<Column>& columns);

  double residual_sum_of_squares() const;
  std::size_t rank() const { return basis_.size(); }

 private:
  std::vector<Column> basis_;  // orthonormal
  Column residual_;
};

}  // namespace ablate
