/// The front page against the files that it shows.

#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "support/source_folder.hpp"

namespace fs = std::filesystem;

TEST_CASE("the README shows the quickstart's study file as it is") {
  const fs::path source = ablate::test::source_folder();
  const std::string page = ablate::read_file(source / "README.md", 1 << 20);
  const std::string study = ablate::read_file(source / "configs/quickstart.yaml", 1 << 20);
  CHECK(page.find("```yaml\n" + study + "```\n") != std::string::npos);
}
