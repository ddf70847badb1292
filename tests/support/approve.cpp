#include "support/approve.hpp"

#include <cstdlib>
#include <string_view>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "support/source_folder.hpp"

namespace ablate::test {

void approve(const std::filesystem::path& path_in_repo, const std::string& text) {
  const std::filesystem::path path = source_folder() / path_in_repo;
  const char* update = std::getenv("ABLATE_UPDATE");
  if (update && std::string_view(update) == "1") write_file(path, text);
  INFO("approved output: " << path_in_repo.string() << " (ABLATE_UPDATE=1 rewrites it)");
  REQUIRE(std::filesystem::exists(path));
  CHECK(read_file(path, 1 << 24) == text);
}

}  // namespace ablate::test
