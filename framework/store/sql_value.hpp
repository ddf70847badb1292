#pragma once
/// A value of the database, of any type.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace ablate {

/// Blobs, distinguished from text.
using Blob = std::vector<std::uint8_t>;
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

}  // namespace ablate
