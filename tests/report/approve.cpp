#include "report/approve.hpp"

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <catch2/catch.hpp>

#include "ablate/base/file.hpp"

namespace ablate {

void approve(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(ABLATE_SOURCE_DIR) / "tests/golden/report" / name;
  const char* update = std::getenv("ABLATE_UPDATE");
  if (update && std::string_view(update) == "1") write_file(path, text);
  INFO("approved output: " << path.string() << " (ABLATE_UPDATE=1 writes it anew)");
  REQUIRE(std::filesystem::exists(path));
  CHECK(read_file(path, 1 << 24) == text);
}

}  // namespace ablate
