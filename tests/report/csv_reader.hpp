#pragma once
/// CSV by the letter of RFC 4180, written apart from what the program writes.

#include <optional>
#include <string>
#include <vector>

namespace ablate {

/// Rows of fields, the head first: what stands in quotes is text, nothing at all is NULL.
std::vector<std::vector<std::optional<std::string>>> read_csv(const std::string& text);

}  // namespace ablate
