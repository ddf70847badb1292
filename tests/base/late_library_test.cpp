#include "base/late_library.hpp"

#include <catch2/catch.hpp>
#include <zlib.h>

#include "base/captured_process.hpp"
#include "base/error.hpp"
#include "support/source_folder.hpp"

using namespace ablate;

TEST_CASE("a library that is loaded late gives its functions by name") {
  const LateLibrary zlib("libz.so.1", "zlib1g");
  const decltype(&::crc32) crc = zlib["crc32"];
  CHECK(crc(0, reinterpret_cast<const Bytef*>("123456789"), 9) == 0xCBF43926);  // the check value of CRC-32
}

TEST_CASE("a library that is missing or too old is told with the package that has it") {
  CHECK_THROWS_WITH(LateLibrary("libnowhere.so.7", "libnowhere7"),
                    Catch::Contains("libnowhere.so.7") && Catch::Contains("apt-get install libnowhere7"));
  const LateLibrary zlib("libz.so.1", "zlib1g");
  CHECK_THROWS_WITH(zlib["no_such_function"], Catch::Contains("the installed libz.so.1 is too old") &&
                                                  Catch::Contains("no_such_function"));
}

TEST_CASE("a start of the program loads nothing for downloads, archives or the live page") {
  // glibc's loader then lists what it would load, and ends.
  const Captured loaded =
      run_captured({"env", "LD_TRACE_LOADED_OBJECTS=1", test::built_program().string()}, {.seconds = 60.0});
  REQUIRE_THAT(loaded.out, Catch::Contains("libsqlite3.so"));
  for (const char* late : {"libcurl", "libarchive", "libmicrohttpd"})
    CHECK_THAT(loaded.out, !Catch::Contains(late));
}
