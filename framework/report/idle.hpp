#pragma once
/// Seeds and settings that change nothing.

#include <string_view>
#include <vector>

#include "report/comparison.hpp"
#include "report/fairness.hpp"

namespace ablate {

/// Why nothing is said of chance.
inline constexpr std::string_view idle_seeds = "every seed gives the same value";

/// The finished runs of a variant, three and more, have one value and one curve of the primary metric: they are one
/// result, repeated.
bool are_seeds_idle(const VariantSummary& variant);
/// Those of all variants of a contrast.
bool are_seeds_idle(const Comparison& comparison, const AnsweredContrast& of);

/// The comparison of both has an answer.
void add_idle_seeds(std::vector<Warning>& warnings, const Comparison& comparison);

/// Differences that are 0 to the last bit, under two seeds or more.
void add_idle_settings(std::vector<Warning>& warnings, const Comparison& comparison);

}  // namespace ablate
