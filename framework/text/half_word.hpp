#pragma once
/// The end of a condition that somebody is still typing.

#include <cstddef>
#include <string_view>

namespace ablate {

/// Where the word at the end of `typed` begins: at a backtick that is not closed, else behind the last sign that
/// stands between words.
std::size_t half_word(std::string_view typed);

}  // namespace ablate
