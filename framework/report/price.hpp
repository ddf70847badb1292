#pragma once
/// What a change costs, and what the same size would buy without it.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// Sides of two variants of nearly the same number of parameters that differ in one other factor alone.
struct EqualSize {
  const VariantSummary* with = nullptr;
  const VariantSummary* without = nullptr;
};

/// Parameters count as equal up to this ratio.
inline constexpr double equal_size_ratio = 1.15;

/// Of the first contrast, the pair nearest in parameters, the baseline's setting of all other factors before
/// others; nothing where none is near enough.
EqualSize equal_size(const Comparison& comparison);

/// One bullet: parameters, FLOPs and time of the change in the baseline's setting, and `equal_size`. The
/// comparison has an answer.
std::string price_text(const Comparison& comparison);

}  // namespace ablate
