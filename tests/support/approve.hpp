#pragma once
/// What users see is compared with an approved file, which `ABLATE_UPDATE=1 ./ablate test` rewrites.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

namespace ablate::test {

/// Fails where the file at `path_in_repo` does not hold exactly `text`; with ABLATE_UPDATE=1 writes it
/// instead.
inline void approve(const std::filesystem::path& path_in_repo, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(ABLATE_SOURCE_DIR) / path_in_repo;
  const char* update = std::getenv("ABLATE_UPDATE");
  if (update && std::string(update) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream in(path, std::ios::binary);
  const std::string approved{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  INFO(path_in_repo.string() << " is not what the program says now; ABLATE_UPDATE=1 rewrites it");
  CHECK(text == approved);
}

}  // namespace ablate::test
