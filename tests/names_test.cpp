#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file.hpp"
#include "support/source_folder.hpp"

namespace {

namespace fs = std::filesystem;

/// "ablate::ask::Fact" and where it is defined, for each type at the beginning of a line that is not in an unnamed
/// namespace. The linker says nothing of two definitions that differ (the one-definition rule).
void add_types(const fs::path& file, std::map<std::string, std::vector<std::string>>& types) {
  static const std::regex opens(R"(^namespace ([\w:]+)? ?\{$)"), closes(R"(^\}  // namespace)"),
      defines(R"(^(?:struct|class|enum class|enum|union) (\w+)(?: final)?(?: : .*)? ?\{.*)");
  std::vector<std::string> scopes;
  std::istringstream text(ablate::read_file(file, 1 << 22));
  std::smatch found;
  for (std::string line; std::getline(text, line);) {
    if (std::regex_match(line, found, opens)) {
      scopes.push_back(found[1]);
    } else if (std::regex_search(line, closes) && !scopes.empty()) {
      scopes.pop_back();
    } else if (std::regex_match(line, found, defines)) {
      std::string name;
      bool unnamed = false;
      for (const std::string& scope : scopes) {
        unnamed = unnamed || scope.empty();
        name += scope + "::";
      }
      if (!unnamed) types[name + found[1].str()].push_back(file.filename().string());
    }
  }
}

}  // namespace

TEST_CASE("no two types share a name and a namespace") {
  std::map<std::string, std::vector<std::string>> types;
  for (const auto& entry : fs::recursive_directory_iterator(ablate::test::source_folder() / "framework")) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".hpp" || extension == ".cpp") add_types(entry.path(), types);
  }
  CHECK(types.size() > 200);
  for (const auto& [name, files] : types) {
    INFO(fmt::format("{} in {}", name, fmt::join(files, ", ")));
    CHECK(files.size() == 1);
  }
}
