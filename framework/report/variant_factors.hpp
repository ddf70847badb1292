#pragma once
/// What variants change, as the comparison has it.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "store/records.hpp"

namespace ablate {

/// Factors by key, in the order in which the variants first name them.
std::vector<std::string> factor_keys(const std::vector<VariantRecord>& variants);

/// For each key, the setting of the variants that do not change it; NULL where each changes it, and where their
/// configuration does not say.
std::vector<Value> unchanged_values(const std::vector<VariantRecord>& variants,
                                    const std::vector<std::string>& keys);

/// A variant with its factors in the order of `keys`, and without results.
VariantSummary describe(const VariantRecord& record, const std::vector<std::string>& keys);

}  // namespace ablate
