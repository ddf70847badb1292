#include <regex>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "fuzz/targets.hpp"
#include "support/source_folder.hpp"

namespace {

std::string text_of(const char* file) {
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
  const auto embedded =
      all(text_of("CMakeLists.txt"), "ablate_embed_sql\\(ablate \\S*/framework/(store/\\w+ \\w+)\\)");
  CHECK(embedded.size() == 2);
  for (const std::string& sql : embedded) CHECK_THAT(fuzzers, Catch::Contains("framework/" + sql));
}
