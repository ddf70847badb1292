#pragma once
/// Looks at other studies whose runs a study has.

#include <cstdint>
#include <string>
#include <vector>

#include "store/reader.hpp"

namespace ablate {

struct LookElsewhere {
  std::string study;
  LookRecord look;
};

/// Looks at the studies that runs of two variants or more were copied from: by name, in the order of their times.
std::vector<LookElsewhere> looks_at_copied(const Reader& reader, std::int64_t study_id);

}  // namespace ablate
