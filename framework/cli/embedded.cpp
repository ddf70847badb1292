#include "cli/embedded.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "base/embedded_file.hpp"

namespace ablate {

std::span<const EmbeddedFile> embedded_files();  // of embed.cmake

std::string_view embedded_file(std::string_view path_in_repo) {
  const auto files = embedded_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const EmbeddedFile& file) { return file.name == path_in_repo; });
  if (found == files.end()) throw std::logic_error("not built in: " + std::string(path_in_repo));
  return found->text;
}

}  // namespace ablate
