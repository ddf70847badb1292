#pragma once
/// Seeds and settings that change nothing.

#include <vector>

#include "report/comparison.hpp"
#include "report/fairness.hpp"

namespace ablate {

/// The comparison of both has an answer.
void add_idle_seeds(std::vector<Warning>& warnings, const Comparison& comparison);

/// Differences that are 0 to the last bit, under two seeds or more.
void add_idle_settings(std::vector<Warning>& warnings, const Comparison& comparison);

}  // namespace ablate
