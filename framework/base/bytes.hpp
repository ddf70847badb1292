#pragma once
/// Numbers of bytes, for people.

#include <cstdint>
#include <string>

namespace ablate {

/// "532 bytes", "1.2 kB", "561.8 MB", "3.0 GB"; a kB is 1000 bytes.
std::string bytes_text(std::uint64_t bytes);

}  // namespace ablate
