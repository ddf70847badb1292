#include <filesystem>
#include <regex>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "fuzz/targets.hpp"
#include "support/source_folder.hpp"

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  return ablate::read_file(ablate::test::source_folder() / file, 1 << 20);
}

/// What the first group of the expression matches in the text, each in quotes.
std::vector<std::string> all(const std::string& text, const char* expression) {
  const std::regex pattern(expression);
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
    found.push_back((*match)[1]);
  return found;
}

/// The files of the framework that the fuzzers are made of, without their endings.
std::set<std::string> compiled(const std::string& fuzzers) {
  std::set<std::string> files;
  const auto take = [&](const fs::path& folder, const std::string& start) {
    for (const auto& entry : fs::directory_iterator(ablate::test::source_folder() / "framework" / folder)) {
      if (entry.path().extension() == ".cpp" && entry.path().filename().string().starts_with(start))
        files.insert((folder / entry.path().stem()).string());
    }
  };
  for (const std::string& folders : all(fuzzers, "\nablate_fuzzed\\(\\w+ ([^)]*)\\)")) {
    for (const std::string& folder : all(folders, "(\\S+)")) take(folder, "");
  }
  for (const std::string& file : all(fuzzers, "/framework/(\\S+)\\.cpp")) {
    const fs::path path(file);
    take(path.parent_path(), path.filename().string().substr(0, path.filename().string().find('*')));
  }
  return files;
}

}  // namespace

TEST_CASE("the fuzz preset builds every target, with the sources that are generated for what it is made of",
          "[fuzz]") {
  const std::string fuzzers = text_of("tests/fuzz/CMakeLists.txt"), presets = text_of("CMakePresets.json");
  std::size_t made = 0;
  for (const std::string& listed : all(fuzzers, "foreach\\(target ([a-z ]+)\\)"))
    made += all(listed, "(\\w+)").size();
  made += all(fuzzers, "\nablate_fuzzer\\((\\w+) ").size();
  CHECK(made == ablate::fuzz::targets().size());
  for (const auto& target : ablate::fuzz::targets()) {
    INFO(target.name);
    CHECK_THAT(presets, Catch::Contains(fmt::format("\"{}_fuzz\"", target.name)));
    CHECK_THAT(fuzzers, Catch::Contains(std::string(target.name)));
  }
  const auto embedded = all(text_of("CMakeLists.txt"), "ablate_embed\\(ablate (\\w+ \\S*/store/\\w+)");
  CHECK(embedded.size() == 2);
  for (const std::string& sql : embedded) CHECK_THAT(fuzzers, Catch::Contains(sql));
}

TEST_CASE("what the fuzzers are made of includes nothing whose source they lack", "[fuzz]") {
  const auto files = compiled(text_of("tests/fuzz/CMakeLists.txt"));
  CHECK(files.size() > 150);
  const fs::path framework = ablate::test::source_folder() / "framework";
  for (const std::string& file : files) {
    for (const std::string& target :
         all(text_of("framework/" + file + ".cpp"), "#include \"([a-z0-9_/]+)\\.hpp\"")) {
      INFO(file << " includes " << target);
      if (fs::exists(framework / (target + ".cpp"))) CHECK(files.contains(target));
    }
  }
}
