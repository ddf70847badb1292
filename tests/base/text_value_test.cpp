#include "base/text_value.hpp"

#include <cmath>
#include <cstdint>

#include <catch2/catch.hpp>

using namespace ablate;

TEST_CASE("a text is a number where all of it is one") {
  CHECK(number_of<std::int64_t>("-12") == -12);
  CHECK(number_of<double>("1e-3") == 1e-3);
  CHECK(std::isinf(number_of<double>("inf").value()));
  for (const char* text : {"", " 1", "1 ", "+1", "1x", "0x10", "1,5"}) {
    CHECK_FALSE(number_of<std::int64_t>(text));
    CHECK_FALSE(number_of<double>(text));
  }
  CHECK_FALSE(number_of<std::int64_t>("1.5"));
  CHECK_FALSE(number_of<std::uint64_t>("-1"));
  CHECK_FALSE(number_of<std::int64_t>("9223372036854775808"));
  CHECK_FALSE(number_of<double>("1e999"));
}

TEST_CASE("letters of the alphabet become lower case, whatever the locale") {
  CHECK(lower_case("A-Z, \xC3\x84, I 9") == "a-z, \xC3\x84, i 9");
}
