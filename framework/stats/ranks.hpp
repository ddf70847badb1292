#pragma once
/// Ranks with ties.

#include <span>
#include <vector>

namespace ablate {

/// Ranks from 1 for the lowest, in the order of the values; equal values share the mean of their ranks
/// (Kendall 1945). Values count as equal when they are within `rounding` times the largest size of the lowest
/// of them. Values that are not numbers are the caller's to leave out.
std::vector<double> mid_ranks(std::span<const double> values);

/// Sum of t^3 - t over the groups of t equal ranks: what ties take from the variance of a rank sum.
double tie_term(std::span<const double> ranks);

}  // namespace ablate
