#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "store/store_support.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

struct Results {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Results() { const Store store(file); }
  std::string value(const std::string& sql) const { return row(file, sql); }
};

/// The rows of "VALUES (1.0), (2.0)".
std::string values_of(std::string list) {
  for (std::size_t at = 0; (at = list.find(',', at)) != std::string::npos; at += 4)
    list.replace(at, 1, "), (");
  return "VALUES (" + list + ")";
}

}  // namespace

// tests/support/make_sql_golden.py
TEST_CASE("SQL's statistics are those of Python's statistics and of numpy.percentile", "[store]") {
  const Results results;
  std::ifstream golden(source_folder() / "tests/golden/sql_functions.txt");
  int cases = 0;
  for (std::string line; std::getline(golden, line); ++cases) {
    std::istringstream fields(line);
    std::string function, p, values, expected;
    std::getline(std::getline(std::getline(std::getline(fields, function, ';'), p, ';'), values, ';'),
                 expected);
    const std::string arguments = p == "-" ? "column1" : "column1, " + p;
    INFO(line);
    const std::string found =
        results.value(fmt::format("SELECT {}({}) FROM ({})", function, arguments, values_of(values)));
    if (expected == "NULL") {
      CHECK(found.empty());
    } else {
      CHECK(std::stod(found) == Approx(std::stod(expected)).epsilon(1e-12).margin(1e-300));
    }
  }
  CHECK(cases == 108);
}

TEST_CASE("SQL's statistics leave NULL out, and give NULL where there is nothing to tell", "[store]") {
  const Results results;
  const std::string rows = "FROM (VALUES (NULL), (2), (NULL), (4.0))";
  CHECK(results.value("SELECT median(column1), variance(column1), stddev_pop(column1) " + rows) == "3|2|1");
  CHECK(results.value("SELECT typeof(stddev(1)), typeof(stddev_pop(1)), typeof(stddev_pop(NULL))") ==
        "null|real|null");
  CHECK(results.value("SELECT typeof(median(1)), typeof(percentile(1, 5)) WHERE 0") == "null|null");
  CHECK(results.value("SELECT typeof(stddev(column1)), max(column1) FROM (VALUES (1), (9e999))") ==
        "null|inf");
}

TEST_CASE("a median over groups keeps the groups apart, and takes infinite values", "[store]") {
  const Results results;
  CHECK(rows(results.file,
             "SELECT column1, median(column2) FROM (VALUES ('a', 1), ('b', 9), ('a', 3), "
             "('a', 2)) GROUP BY column1") == std::vector<std::string>{"a|2", "b|9"});
  CHECK(results.value("SELECT median(column1) FROM (VALUES (1), (9e999), (9e999))") == "inf");
}

TEST_CASE("SQL's statistics refuse what is not a number and a p that cannot be", "[store]") {
  const Results results;
  const auto refused = [&](const std::string& sql) { return refusal([&] { rows(results.file, sql); }); };
  CHECK_THAT(refused("SELECT stddev('many')"), Catch::Contains("stddev() takes numbers"));
  CHECK_THAT(refused("SELECT median(x'00')"), Catch::Contains("median() takes numbers"));
  CHECK_THAT(refused("SELECT percentile(1, 101)"), Catch::Contains("percentile() takes a p from 0 to 100"));
  CHECK_THAT(refused("SELECT percentile(1, NULL)"), Catch::Contains("takes a p from 0 to 100"));
  CHECK_THAT(refused("SELECT percentile(1, 'half')"), Catch::Contains("takes numbers"));
  CHECK_THAT(refused("SELECT percentile(1, column1) FROM (VALUES (1), (2))"),
             Catch::Contains("takes one p for all rows"));
  CHECK_THAT(refused("SELECT percentile(1)"), Catch::Contains("wrong number of arguments"));
}

TEST_CASE("SQLite brings the mathematical functions that the page names", "[store]") {
  const Results results;
  CHECK(results.value("SELECT sqrt(9), ln(1), exp(0), pow(2, 3), log2(8), ceil(1.2), floor(1.8)") ==
        "3|0|1|8|3|2|1");
}
