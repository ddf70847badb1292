#pragma once
/// collected.txt of a work folder: what was merged.

#include <filesystem>
#include <map>
#include <string>

namespace ablate {

/// Names of files that were merged; of those whose runs go on, the epochs that the results file had of each (by uuid) then.
using Collected = std::map<std::string, std::map<std::string, int>>;

/// Nothing where there is no such file. What is there last of a file counts.
Collected read_collected(const std::filesystem::path& file);

/// Adds lines for these. A line that cannot be written costs a second look, and nothing else.
void add_collected(const std::filesystem::path& file, const Collected& merged);

}  // namespace ablate
