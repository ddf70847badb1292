#pragma once
/// What tells results apart by their bits.

#include <cstdint>
#include <string>
#include <vector>

#include "store/reader.hpp"

namespace ablate {

/// Of one run, from what its epochs brought: what Reader::fingerprint says of a study that holds nothing else.
std::string run_fingerprint(const std::string& variant, std::int64_t seed, std::vector<SplitMetrics> curves,
                            std::vector<FreeValueAt> values);

}  // namespace ablate
