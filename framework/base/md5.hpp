#pragma once
/// MD5 (RFC 1321), computed by Nettle.

#include <filesystem>
#include <string>

namespace ablate {

/// The digest of a file's bytes as 32 lower-case hexadecimal digits. It shows whether a file came whole, and
/// is no proof against somebody who means harm. Throws RequestError naming the file when it cannot be read.
std::string md5_of_file(const std::filesystem::path& path);

}  // namespace ablate
