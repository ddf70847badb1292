#include <filesystem>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "fuzz/targets.hpp"
#include "support/source_folder.hpp"

TEST_CASE("whatever the fuzzers found so far gives a result or a refusal", "[fuzz]") {
  for (const auto& target : ablate::fuzz::targets()) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(
             ablate::test::source_folder() / "tests/fuzz" / (std::string(target.name) + "_corpus"))) {
      const std::string bytes = ablate::read_file(entry.path(), 1 << 20);
      CAPTURE(entry.path().string());
      CHECK_NOTHROW(target.run({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
      ++files;
    }
    CAPTURE(target.name);
    CHECK(files >= 5);
  }
}
