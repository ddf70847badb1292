#pragma once
/// The files of the live page, built into the program from framework/serve/page (embed.cmake).

#include <span>
#include <string_view>

namespace ablate {

struct PageFile {
  std::string_view name;  ///< "index.html"
  std::string_view text;
};

std::span<const PageFile> page_files();

}  // namespace ablate
