/// Which of the C library's functions may not be called: their last bits differ between machines.

#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "support/source_folder.hpp"

namespace fs = std::filesystem;

namespace {

/// Lines that call one, as "file:line: text".
std::vector<std::string> calls_in(const fs::path& file) {
  static const std::regex call(
      R"((^|[^\w.>:]|std::)(exp|exp2|expm1|log|log2|log10|log1p|pow|hypot|cbrt|sin|cos|tan|asin|acos|atan|atan2|sinh|)"
      R"(cosh|tanh|asinh|acosh|atanh|erf|erfc|lgamma|tgamma)[fl]?\()");
  std::vector<std::string> found;
  std::istringstream text(ablate::read_file(file, 1 << 20));
  int number = 0;
  for (std::string line; std::getline(text, line);) {
    ++number;
    if (std::regex_search(line.substr(0, line.find("//")), call)) {
      found.push_back(file.string() + ":" + std::to_string(number) + ": " + line);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("no number of the framework comes from a function of the C library whose bits differ by machine") {
  const fs::path framework = ablate::test::source_folder() / "framework";
  std::size_t read = 0;
  for (const auto& entry : fs::recursive_directory_iterator(framework)) {
    const fs::path name = fs::relative(entry.path(), framework);
    const bool is_source = name.extension() == ".cpp" || name.extension() == ".hpp";
    if (!is_source || *name.begin() == "compute") continue;  // which defines its own under these names
    ++read;
    const std::vector<std::string> calls = calls_in(entry.path());
    CAPTURE(name.string(), calls);
    CHECK(calls.empty());
  }
  CHECK(read > 300);
}
