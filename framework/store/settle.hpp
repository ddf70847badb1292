#pragma once
/// A results file that is whole by itself, and the SQLite that keeps it so.

#include <chrono>
#include <filesystem>
#include <string>

namespace ablate {

/// Copies what the log beside the file holds into it, waiting up to `patience` for who writes and for readers of
/// older states; the log goes where nobody else has the file open. True where the file may then be copied alone.
/// False also where there is no such file, or it cannot be written.
bool settle_log(const std::filesystem::path& path,
                std::chrono::milliseconds patience = std::chrono::seconds(2)) noexcept;

/// Of the SQLite that this program runs with: "3.40.1".
std::string sqlite_version();

/// True where SQLite of this version (3040001 for 3.40.1) is free of the fault that store/log.hpp describes.
bool has_log_fix(int version_number);
bool sqlite_has_log_fix();

}  // namespace ablate
