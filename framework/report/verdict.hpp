#pragma once
/// What the data say of the question, in words, by rules.

#include <string>

#include "ablate/report/comparison.hpp"

namespace ablate {

/// A few plain sentences, not escaped. The rules, in this order:
/// 1. No finished run, or no value of the primary metric: no verdict, and why.
/// 2. One variant: its mean; nothing to compare it with.
/// 3. No baseline, or none with a value: the highest and the lowest mean; no difference is claimed.
/// 4. One variant beside the baseline: its difference with the interval, and what the interval allows to say.
/// 5. More: the best and the worst difference, and how many intervals exclude 0 before any correction.
/// Then what weakens it: a single seed; too few seeds for an exact two-sided test at this confidence (n pairs
/// cannot give a p below 2/2^n); seeds that are not shared; cells that are not done; leaked numbers.
std::string verdict(const Comparison& comparison);

}  // namespace ablate
