#pragma once
/// Differences from a baseline, as the figures that draw them and their data files have them.

#include <string>
#include <vector>

#include "draw/forest.hpp"
#include "report/comparison.hpp"
#include "text/table.hpp"

namespace ablate {

/// It has one, and it is a number.
bool has_difference(const VariantSummary& variant);

/// Mean and interval of a family's member, where that has a width.
ForestRow forest_row(std::string label, const Member& member, bool has_interval);

/// Of a variant that has a difference: its short name, marked where one side is leaked, with mean and interval.
ForestRow difference_row(const Comparison& comparison, const VariantSummary& variant);

/// The same as cells of the columns n, mean, low, high and leaked, behind those of `names`.
std::vector<Value> difference_cells(const Comparison& comparison, const VariantSummary& variant,
                                    std::vector<Value> names);

}  // namespace ablate
