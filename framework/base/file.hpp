#pragma once
/// Whole files, read within a bound and written at once.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace ablate {

/// The bytes of a regular file. Throws RequestError naming the file when it cannot be read or is longer than
/// `limit`.
std::string read_file(const std::filesystem::path& path, std::size_t limit);

/// Writes a temporary file beside `path` and renames it, so that a reader sees the old bytes or all of the
/// new ones. Makes the folders on the way. Throws RequestError naming the file, and leaves nothing
/// half-written.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// The same for a folder that the caller has already rid of leftovers: nothing is listed, so that many files
/// cost no more each than one.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

/// `path` with a leading "~" replaced by the home folder.
std::filesystem::path expand_home(const std::filesystem::path& path);

}  // namespace ablate
