#pragma once
/// What is said of two variants or runs: the verdict, and what is below the tables. Sentences, not escaped.

#include <string>
#include <vector>

#include "report/pair/pair.hpp"

namespace ablate {

/// Why their values of this split make no difference: other images, or a stop rule; empty where nothing
/// is in the way.
std::string why_not_comparable(const Comparison& comparison, SplitName split);

/// `verdict` where there is a difference. Else "No verdict", and why; `obstacle` is what `why_not_comparable`
/// says.
std::string pair_verdict(const Comparison& comparison, const std::string& obstacle);

/// Which seeds are left out and why, the floor of the p, leaks, other images, code or machines.
std::vector<std::string> pair_notes(const StudyRecords& pair, const PairComparison& compared);

}  // namespace ablate
