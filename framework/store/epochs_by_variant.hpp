#pragma once
/// How long runs are planned to be.

#include <cstdint>
#include <map>

#include "store/reader.hpp"

namespace ablate {

/// The epochs of a whole run, by the variant's id; 0 where its settings do not say.
std::map<std::int64_t, int> epochs_by_variant(const Reader& reader, std::int64_t study_id);

}  // namespace ablate
