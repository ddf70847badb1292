#pragma once
/// Pages and scripts of the source tree that are built into the program (base/embed.cmake).

#include <string_view>

namespace ablate {

/// The text of the file at that path of the source tree. Throws std::logic_error where it was not built in.
std::string_view embedded_file(std::string_view path_in_repo);

}  // namespace ablate
