#include "stats/additive_fit.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ablate {

namespace {

using Matrix = std::vector<std::vector<double>>;

/// The group of each column, counted from 0.
std::vector<std::size_t> groups_of(const std::vector<std::vector<Observation>>& by_row, std::size_t columns) {
  std::vector<std::size_t> group(columns);
  std::iota(group.begin(), group.end(), std::size_t{0});
  for (const auto& row : by_row) {
    for (const Observation& one : row) {
      const std::size_t from = group[one.column], to = group[row.front().column];
      std::replace(group.begin(), group.end(), from, to);
    }
  }
  std::vector<std::size_t> names = group;
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (std::size_t& name : group) {
    name = static_cast<std::size_t>(std::lower_bound(names.begin(), names.end(), name) - names.begin());
  }
  return group;
}

/// Solves a x = b for a symmetric positive definite `a` by Cholesky's factor.
std::vector<double> solve(Matrix a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    a[j][j] = std::sqrt(a[j][j]);
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

double mean_of(const std::vector<Observation>& row) {
  double sum = 0.0;
  for (const Observation& one : row) sum += one.value;
  return sum / static_cast<double>(row.size());
}

/// What is left of the columns' equations when the rows are eliminated; ones within a group fix its sum to 0.
std::vector<double> column_effects(const std::vector<std::vector<Observation>>& by_row,
                                   const std::vector<std::size_t>& group) {
  const std::size_t columns = group.size();
  Matrix a(columns, std::vector<double>(columns, 0.0));
  std::vector<double> b(columns, 0.0);
  for (const auto& row : by_row) {
    const double mean = mean_of(row), share = 1.0 / static_cast<double>(row.size());
    for (const Observation& one : row) {
      a[one.column][one.column] += 1.0;
      b[one.column] += one.value - mean;
      for (const Observation& other : row) a[one.column][other.column] -= share;
    }
  }
  for (std::size_t i = 0; i < columns; ++i) {
    for (std::size_t j = 0; j < columns; ++j) a[i][j] += group[i] == group[j] ? 1.0 : 0.0;
  }
  return solve(std::move(a), std::move(b));
}

}  // namespace

AdditiveFit fit_additive(std::span<const Observation> observations, std::size_t rows, std::size_t columns) {
  std::vector<std::vector<Observation>> by_row(rows);
  for (const Observation& one : observations) by_row[one.row].push_back(one);
  AdditiveFit fit;
  const std::vector<std::size_t> group = groups_of(by_row, columns);
  fit.groups = columns == 0 ? 0 : *std::max_element(group.begin(), group.end()) + 1;
  fit.columns = column_effects(by_row, group);
  const bool complete = observations.size() == rows * columns;
  for (auto& row : by_row) {
    if (!complete) {
      for (Observation& one : row) one.value -= fit.columns[one.column];
    }
    fit.rows.push_back(mean_of(row));
  }
  return fit;
}

}  // namespace ablate
