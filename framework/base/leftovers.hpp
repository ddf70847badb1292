#pragma once
/// What a process that was killed could not clean up.

#include <filesystem>
#include <string>

namespace ablate {

/// "NAME.PID.tmp" with the number of this process: what `write_file` names a file until it is whole, and what
/// others should. A folder may be called so too.
std::filesystem::path temporary_beside(const std::filesystem::path& path);

/// Removes files and folders of a folder that are called "*.PID.tmp" or "*.PID.part", are older than ten
/// minutes, and whose process is gone. What cannot be removed stays.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace ablate
