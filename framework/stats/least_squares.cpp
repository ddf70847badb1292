#include "stats/least_squares.hpp"

#include <cmath>

namespace ablate {

namespace {

double dot(const Column& a, const Column& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Takes the direction of `unit` out of the column; returns how much there was.
double remove(const Column& unit, Column& column) {
  const double length = dot(unit, column);
  for (std::size_t i = 0; i < column.size(); ++i) column[i] -= length * unit[i];
  return length;
}

}  // namespace

LeastSquares::Gain LeastSquares::add(const std::vector<Column>& columns) {
  Gain gain;
  for (Column column : columns) {
    const double whole = std::sqrt(dot(column, column));
    for (int pass = 0; pass < 2; ++pass) {
      for (const Column& unit : basis_) remove(unit, column);
    }
    const double length = std::sqrt(dot(column, column));
    if (!(length > 1e-8 * whole)) continue;
    for (double& entry : column) entry /= length;
    const double explained = remove(column, residual_);
    gain.sum_of_squares += explained * explained;
    ++gain.degrees;
    basis_.push_back(std::move(column));
  }
  return gain;
}

double LeastSquares::residual_sum_of_squares() const { return dot(residual_, residual_); }

}  // namespace ablate
