#pragma once
/// Which variants a report is asked to show.

#include <string>
#include <string_view>
#include <vector>

namespace ablate {

/// "*" stands for any text, "?" for any one character, everything else, brackets included, for itself.
bool matches_glob(std::string_view text, std::string_view pattern);

/// The names that the patterns ask for, in the order of `names`. A pattern is a name, a glob, or several of
/// them with commas between; where names have commas themselves, the longest name that fits is taken. Throws
/// RequestError with the nearest name for a pattern that fits none.
std::vector<std::string> chosen_names(const std::vector<std::string>& names,
                                      const std::vector<std::string>& patterns);

}  // namespace ablate
