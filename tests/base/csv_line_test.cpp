#include "base/csv_line.hpp"

#include <catch2/catch.hpp>

using ablate::csv_fields;
using Fields = std::vector<std::string>;

TEST_CASE("a line of CSV falls into its fields, of which quotes may hold commas and quotes") {
  // The rules of RFC 4180, section 2.
  CHECK(csv_fields("a,b,c") == Fields{"a", "b", "c"});
  CHECK(csv_fields("\"a,b\",\"say \"\"x\"\"\",\"\"\r") == Fields{"a,b", "say \"x\"", ""});
  CHECK(csv_fields("1,,3,") == Fields{"1", "", "3", ""});
  CHECK(csv_fields("") == Fields{""});
  CHECK(csv_fields("\"not closed, so one field") == Fields{"not closed, so one field"});
}
