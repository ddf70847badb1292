#pragma once
/// A file of the source tree that is built into the program (embed.cmake).

#include <span>
#include <string_view>

namespace ablate {

struct EmbeddedFile {
  std::string_view name;  ///< its path below the folder that was named: "index.html"
  std::string_view text;
};

}  // namespace ablate
