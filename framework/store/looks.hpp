#pragma once
/// The record of who looked at results before all of them were there.

#include <filesystem>
#include <string>

#include "store/records.hpp"

namespace ablate {

/// Writes the look down, once for each state of the results; its time is now. Returns why it could not be, as of a
/// file that may only be read, or that somebody wrote to for as long as the patience lasted; empty: it is on record.
std::string record_look(const std::filesystem::path& database, std::int64_t study_id, LookRecord look,
                        int patience_milliseconds = 5'000);

}  // namespace ablate
