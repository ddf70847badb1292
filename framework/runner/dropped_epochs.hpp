#pragma once
/// What interrupted runs lose where other code than theirs would go on with them.

#include <cstdint>
#include <string>

#include "store/reader.hpp"

namespace ablate {

/// "2 runs that were interrupted begin at epoch 1 again, which drops 7 epochs: ..." of runs that the program of this SHA-256
/// (`code`; empty: our own) does not resume; empty where there is none.
std::string dropped_epochs(const Reader& reader, std::int64_t study_id, const std::string& code);

}  // namespace ablate
