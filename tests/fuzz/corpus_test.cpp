#include <filesystem>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "support/source_folder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

TEST_CASE("whatever the fuzzer found so far gives a result or a refusal with its place", "[ask]") {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(ablate::test::source_folder() / "tests/fuzz/where_corpus")) {
    const std::string bytes = ablate::read_file(entry.path(), 1 << 20);
    CAPTURE(entry.path().filename().string());
    CHECK_NOTHROW(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
    ++files;
  }
  CHECK(files > 20);
}
