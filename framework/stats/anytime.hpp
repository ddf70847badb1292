#pragma once
/// A family of differences that were looked at while their seeds came in, whenever somebody liked.

#include <cstddef>
#include <cstdint>
#include <span>

#include "stats/family.hpp"

namespace ablate {

/// As `judge_family`, by e-values: valid at every look together, planned or not. `order`: seeds as they were
/// run; those that it lacks come last, rising. With m members and the absent ones counted, a row is claimed where its
/// e-value against 0 ever reached m / level. Its interval holds every mu that the differences less mu, tested
/// in the same way, do not refuse, and all that lies between such and the mean; its p is the smallest level at which that
/// interval would exclude 0. Fewer seeds than can reach m / level (seven for one row at 0.95) give no interval.
/// Throws std::invalid_argument as `judge_family` does. Source: see `symmetry_e_value`; inverted tests as confidence
/// sequences, Howard, Ramdas, McAuliffe and Sekhon arXiv:1810.08240.
Family judge_family_anytime(std::span<const SeedRow> rows, double confidence,
                            std::span<const std::int64_t> order = {}, std::size_t absent = 0);

/// The largest e-value that so many differences can give: all alike.
double largest_e_value(std::size_t seeds);

}  // namespace ablate
