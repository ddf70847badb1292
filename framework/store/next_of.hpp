#pragma once
/// Jumps along an index.

#include <string>
#include <string_view>

namespace ablate {

/// The next row of an index over two columns behind the values ?1 and ?2, whatever else they lead; `more` narrows a. A
/// comparison of both at once, (a, b) > (?1, ?2), would read every row of the first again.
std::string next_of(std::string_view table, std::string_view a, std::string_view b,
                    std::string_view more = {});

}  // namespace ablate
