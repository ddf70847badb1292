#pragma once
/// A place in a text that somebody typed, shown.

#include <cstddef>
#include <string>

namespace ablate {

/// A line of `text` and a caret under the byte at `offset`, each on a line of its own and indented; of a long
/// line, about 100 bytes around the place.
std::string place_in(const std::string& text, std::ptrdiff_t offset);

}  // namespace ablate
