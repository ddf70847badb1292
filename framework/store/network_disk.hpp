#pragma once
/// File systems on which a database must not be.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace ablate {

/// What a file system is called whose number (f_type of statfs(2)) is that of one over a network, where SQLite's locks and
/// its shared memory cannot be relied upon (sqlite.org/useovernet.html); empty: any other.
std::string network_file_system(std::int64_t number);

/// The number of the file system of the file, or of its folder where there is none yet; 0: unknown.
std::int64_t file_system_number(const std::filesystem::path& path);

/// Refuses, with RequestError, a results file on such a file system.
void check_local_disk(
    const std::filesystem::path& path,
    const std::function<std::int64_t(const std::filesystem::path&)>& number = file_system_number);

}  // namespace ablate
