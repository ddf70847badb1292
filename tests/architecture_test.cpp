#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "support/source_folder.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path source = ablate::test::source_folder();

/// What each folder may include, and the libraries of others that it may use: the table in
/// framework/README.md.
struct Rule {
  std::set<std::string> may_include;
  std::string libraries;
};

std::set<std::string> split_words(const std::string& text) {
  std::set<std::string> words;
  std::istringstream in(text);
  for (std::string word; std::getline(in, word, ',');) {
    word.erase(0, word.find_first_not_of(' '));
    word.erase(word.find_last_not_of(' ') + 1);
    if (!word.empty()) words.insert(word);
  }
  return words;
}

/// Cells of a Markdown row "| a | b |", without the spaces around them; empty where the line is none.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found;
  for (std::size_t bar = line.find('|'); bar != std::string::npos;) {
    const std::size_t next = line.find('|', bar + 1);
    if (next == std::string::npos) break;
    std::string cell = line.substr(bar + 1, next - bar - 1);
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    found.push_back(cell);
    bar = next;
  }
  return found;
}

std::map<std::string, Rule> read_rules() {
  std::istringstream page(ablate::read_file(source / "framework/README.md", 1 << 20));
  std::map<std::string, Rule> rules;
  for (std::string line; std::getline(page, line);) {
    const std::vector<std::string> row = cells(line);
    const bool is_rule =
        row.size() == 4 && row[0].size() == 1 && std::isdigit(static_cast<unsigned char>(row[0][0]));
    if (is_rule) rules[row[1]] = {split_words(row[2]), row[3]};
  }
  return rules;
}

/// The header that a line includes; empty where it includes none.
std::string included(const std::string& line) {
  const std::size_t start = line.find_first_not_of(' ');
  if (start == std::string::npos || line.compare(start, 8, "#include") != 0) return {};
  const std::size_t open = line.find_first_of("<\"", start), close = line.find_first_of(">\"", open + 1);
  return open == std::string::npos || close == std::string::npos ? ""
                                                                 : line.substr(open + 1, close - open - 1);
}

struct Include {
  std::string file, folder, target;
  bool is_ours = false;  ///< written with quotes: a path below framework/
};

/// Every #include of the framework, with the folder it stands in.
std::vector<Include> read_includes() {
  std::vector<Include> includes;
  for (const auto& entry : fs::recursive_directory_iterator(source / "framework")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cpp" && extension != ".hpp") continue;
    const fs::path relative = fs::relative(entry.path(), source / "framework");
    std::istringstream text(ablate::read_file(entry.path(), 1 << 20));
    for (std::string line; std::getline(text, line);) {
      const std::string target = included(line);
      if (!target.empty())
        includes.push_back(
            {relative.string(), relative.begin()->string(), target, line.find('"') != std::string::npos});
    }
  }
  return includes;
}

/// Where a library of others may appear: the beginning of its headers' names, and its name in the table.
const std::map<std::string, std::string> libraries = {{"boost/random/", "Boost.Random"},
                                                      {"nettle/", "nettle"},
                                                      {"yaml-cpp/", "yaml-cpp"},
                                                      {"nlohmann/", "nlohmann-json"},
                                                      {"zlib.h", "zlib"},
                                                      {"png.h", "libpng"},
                                                      {"jpeglib.h", "libjpeg"},
                                                      {"curl/", "libcurl"},
                                                      {"archive", "libarchive"},
                                                      {"boost/math/", "Boost.Math"},
                                                      {"armadillo", "Armadillo"},
                                                      {"sqlite3.h", "SQLite"},
                                                      {"SQLiteCpp/", "SQLiteCpp"},
                                                      {"kainjow/", "mustache"},
                                                      {"microhttpd.h", "libmicrohttpd"},
                                                      {"boost/program_options", "Boost.Program_options"}};

}  // namespace

TEST_CASE("every folder includes only what the table in framework/README.md allows") {
  const auto rules = read_rules();
  REQUIRE(rules.size() == 17);
  std::size_t edges = 0;
  for (const Include& include : read_includes()) {
    if (!include.is_ours) continue;
    const std::string& path = include.target;
    const std::string folder = path.substr(0, path.find('/'));
    CAPTURE(include.file, include.target);
    REQUIRE(rules.count(include.folder) == 1);
    const auto& allowed = rules.at(include.folder).may_include;
    CHECK((folder == include.folder || allowed.count(folder) == 1 || allowed.count(path) == 1));
    ++edges;
  }
  CHECK(edges > 100);
}

TEST_CASE("a library of others appears only in the folder that the table names for it") {
  const auto rules = read_rules();
  for (const Include& include : read_includes()) {
    for (const auto& [header, library] : libraries) {
      if (!include.target.starts_with(header)) continue;
      CAPTURE(include.file, include.target);
      CHECK(rules.at(include.folder).libraries.find(library) != std::string::npos);
    }
    CAPTURE(include.file, include.target);
    CHECK_FALSE((include.target.starts_with("boost/") && !include.target.starts_with("boost/random/") &&
                 !include.target.starts_with("boost/math/") &&
                 !include.target.starts_with("boost/program_options")));
  }
}

TEST_CASE("no code writes to the console around framework/cli/console") {
  const std::regex around(
      R"(std::(cout|cerr|clog)|fmt::print|\b(printf|fprintf|vprintf|puts|fputs|putchar|perror|psignal)\s*\()"
      R"(|\bwrite\s*\((STD|1,|2,))");
  const std::regex exact(R"(\bexact\(\)|\.draw\()");
  const std::set<std::string> exact_on_purpose = {"query_command.cpp",      "export_command.cpp",
                                                  "export_predictions.cpp", "live_view.cpp",
                                                  "download_progress.cpp",  "console.hpp"};
  std::size_t files = 0;
  for (const char* top : {"framework", "experiments"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source / top)) {
      const std::string path = fs::relative(entry.path(), source).string();
      const std::string extension = entry.path().extension().string();
      const bool is_program = top == std::string("framework") || path == "experiments/main.cpp";
      if (!is_program || (extension != ".cpp" && extension != ".hpp")) continue;
      const std::string text = ablate::read_file(entry.path(), 1 << 20);
      CAPTURE(path);
      if (!path.starts_with("framework/cli/console.")) CHECK_FALSE(std::regex_search(text, around));
      const bool is_cli = path.starts_with("framework/cli/");
      if (is_cli && !exact_on_purpose.contains(entry.path().filename().string()))
        CHECK_FALSE(std::regex_search(text, exact));
      ++files;
    }
  }
  CHECK(files > 200);
}

TEST_CASE("no two folders include each other, whatever the table says") {
  std::map<std::string, std::set<std::string>> edges;
  for (const Include& include : read_includes()) {
    if (!include.is_ours) continue;
    const std::string& path = include.target;
    const std::string folder = path.substr(0, path.find('/'));
    if (folder != include.folder) edges[include.folder].insert(folder);
  }
  for (const auto& [folder, targets] : edges) {
    for (const std::string& target : targets) {
      CAPTURE(folder, target);
      CHECK(edges[target].count(folder) == 0);
    }
  }
}

namespace {

/// The pages for people who work on the program.
std::vector<fs::path> pages() {
  std::vector<fs::path> all = {"README.md", "CONTRIBUTING.md"};
  for (const char* top : {"framework", "tests", "configs", "experiments"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source / top)) {
      if (entry.path().filename() == "README.md") all.push_back(fs::relative(entry.path(), source));
    }
  }
  return all;
}

/// The names of all files, without their folders.
std::set<std::string> file_names() {
  std::set<std::string> names;
  for (const char* top : {"framework", "tests", "configs", "experiments"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source / top))
      names.insert(entry.path().filename());
  }
  return names;
}

}  // namespace

TEST_CASE("every file that a page for contributors names or links to is there") {
  static const std::regex named(R"(`([a-z_.]+(?:/[a-z_0-9.]+)*\.(?:cpp|hpp|md|py|patch|cmake|sh))`)"),
      linked(R"(\]\(([^)#:\s]+))");
  const std::set<std::string> names = file_names();
  std::size_t found = 0;
  const auto each = [&](const std::string& text, const std::regex& pattern, const auto& check) {
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match, ++found)
      check(std::string((*match)[1]));
  };
  for (const fs::path& page : pages()) {
    const std::string text = ablate::read_file(source / page, 1 << 20);
    const fs::path folder = source / page.parent_path();
    each(text, named, [&](const std::string& path) {
      CAPTURE(page, path);
      CHECK((fs::exists(source / path) || fs::exists(source / "framework" / path) ||
             fs::exists(folder / path) || (path.find('/') == std::string::npos && names.contains(path))));
    });
    each(text, linked, [&](const std::string& path) {
      CAPTURE(page, path);
      CHECK(fs::exists(folder / path));
    });
  }
  CHECK(found > 400);
}
