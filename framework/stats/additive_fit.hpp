#pragma once
/// A two-way table with holes, fitted by least squares.

#include <cstddef>
#include <span>
#include <vector>

namespace ablate {

/// A value of the table.
struct Observation {
  std::size_t row, column;
  double value;
};

struct AdditiveFit {
  std::vector<double> rows;     ///< grand mean + the row's effect
  std::vector<double> columns;  ///< the column's effect; those of a group add up to 0
  std::size_t groups = 0;       ///< of columns that rows in common hold together: 1 where all are connected
};

/// value = grand mean + row + column, by least squares; in a complete table a row's fit is its mean. Columns
/// that no chain of rows connects form groups, fitted apart. Every row and every column has an observation. Source:
/// Yates 1933; the equations for the columns alone: Graybill 1961.
AdditiveFit fit_additive(std::span<const Observation> observations, std::size_t rows, std::size_t columns);

}  // namespace ablate
