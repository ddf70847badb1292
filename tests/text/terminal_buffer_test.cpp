#include "text/terminal_buffer.hpp"

#include <sstream>

#include <catch2/catch.hpp>

using namespace ablate;

namespace {

/// What comes of texts that are written one after the other.
std::string written(const std::vector<std::string>& texts) {
  std::ostringstream sink;
  {
    TerminalBuffer buffer(sink);
    std::ostream out(&buffer);
    for (const std::string& text : texts) out << text;
    CHECK(out.good());
  }
  return sink.str();
}

}  // namespace

TEST_CASE("what is written for people keeps its lines and tabs and moves no cursor") {
  CHECK(written({"two\nlines\tGröße 数\n"}) == "two\nlines\tGröße 数\n");
  CHECK(written({"\x1b[2J\x07\rgone\x7f"}) == "\\x1b[2J\\x07\\x0dgone\\x7f");
  CHECK(written({"a\xE2\x80\xAE", "b"}) == "a\\u202eb");
  CHECK(written({"8-bit \x9b[31m, and as UTF-8 \xC2\x9b"}) == "8-bit \xEF\xBF\xBD[31m, and as UTF-8 \\x9b");
}

TEST_CASE("a character that is written in pieces comes out whole, and one that never ends is replaced") {
  CHECK(written({"\xE6\x95", "\xB0!"}) == "数!");
  CHECK(written({"\xE6", "\x95", "\xB0"}) == "数");
  CHECK(written({"\xC2", "\x9b"}) == "\\x9b");
  CHECK(written({"\xE6\x95"}) == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(written({"\xE6", "a"}) ==
        "\xEF\xBF\xBD"
        "a");
}
