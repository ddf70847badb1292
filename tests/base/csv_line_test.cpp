#include "base/csv_line.hpp"

#include <catch2/catch.hpp>

using ablate::csv_cells;
using Cells = std::vector<std::string>;

TEST_CASE("a line of CSV falls into its cells, of which quotes may hold commas and quotes") {
  // The rules of RFC 4180, section 2.
  CHECK(csv_cells("a,b,c") == Cells{"a", "b", "c"});
  CHECK(csv_cells("\"a,b\",\"say \"\"x\"\"\",\"\"\r") == Cells{"a,b", "say \"x\"", ""});
  CHECK(csv_cells("1,,3,") == Cells{"1", "", "3", ""});
  CHECK(csv_cells("") == Cells{""});
  CHECK(csv_cells("\"not closed, so one cell") == Cells{"not closed, so one cell"});
}
