#pragma once
/// Words of a command that people copy into a shell.

#include <string>
#include <string_view>

namespace ablate {

/// The text as one word of a POSIX shell: as it is where that is safe, else in single quotes.
std::string shell_word(std::string_view text);

}  // namespace ablate
