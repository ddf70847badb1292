#pragma once
/// A value: what a database column, a factor of a study or a table's cell can hold.

#include <cstdint>
#include <string>
#include <variant>

namespace ablate {

/// Nothing (SQL's NULL), a whole number, a number, or text in UTF-8.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

/// Shortest text that reads back as the same number; "nan", "inf" and "-inf" for those; "" for nothing.
std::string to_string(const Value& value);

}  // namespace ablate
