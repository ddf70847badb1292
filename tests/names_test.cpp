#include <cctype>
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

/// The names that a file keeps to itself, each with the line that introduces it: functions, constants, types and aliases
/// of its unnamed namespaces.
std::map<std::string, std::string> own_names(const fs::path& file) {
  static const std::regex alias(R"(^using (\w+) =.*)"), type(R"(^(?:struct|class|enum class|enum) (\w+).*)"),
      function(R"(^[^=(]*?\b(\w+)\(.*)"), constant(R"(^[^=(]*?\b(\w+)(?:\[\w*\])*(?:\{| =|;).*)");
  std::map<std::string, std::string> names;
  std::istringstream text(ablate::read_file(file, 1 << 22));
  bool unnamed = false, raw = false;
  std::smatch found;
  for (std::string line; std::getline(text, line);) {
    const bool was_raw = raw;
    if (line.find("R\"") != std::string::npos) raw = true;
    if (raw && line.find(")\"") != std::string::npos) raw = false;
    if (raw && line.find(")sql\"") != std::string::npos) raw = false;
    if (line == "namespace {") unnamed = true;
    if (line == "}  // namespace") unnamed = false;
    const bool begins =
        !line.empty() && (std::isalpha(static_cast<unsigned char>(line[0])) || line[0] == '_');
    if (!unnamed || was_raw || !begins || line.starts_with("namespace")) continue;
    for (const std::regex* form : {&alias, &type, &function, &constant}) {
      if (!std::regex_match(line, found, *form)) continue;
      if (line.find("::" + found[1].str() + "(") == std::string::npos) names.emplace(found[1], line);
      break;
    }
  }
  return names;
}

}  // namespace

TEST_CASE("no two files of a folder keep the same name to themselves, so that they can be compiled as one") {
  const std::regex one_by_one("(compute|draw)");  // as in CMakeLists.txt
  const fs::path framework = ablate::test::source_folder() / "framework";
  std::map<std::string, std::map<std::string, std::string>> introduced;  // by folder and name
  std::size_t names = 0;
  for (const auto& entry : fs::recursive_directory_iterator(framework)) {
    const std::string folder = fs::relative(entry.path().parent_path(), framework).string();
    if (entry.path().extension() != ".cpp" || std::regex_match(folder, one_by_one)) continue;
    for (const auto& [name, line] : own_names(entry.path())) {
      const auto [other, is_new] = introduced[folder].emplace(name, line);
      INFO(fmt::format("{} in {} of {}: {}", name, entry.path().filename().string(), folder, other->second));
      CHECK((is_new || (line.starts_with("using") && line == other->second)));
      ++names;
    }
  }
  CHECK(names > 500);
}

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
