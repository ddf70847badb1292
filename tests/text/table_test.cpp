#include "text/table.hpp"

#include <limits>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/error.hpp"

using namespace ablate;

namespace {

Table small() {
  return {{{"name"}, {"n"}, {"mean", 3}},
          {{"a|b", std::int64_t{3}, 0.12345},
           {"größer", std::int64_t{12}, -1.5},
           {std::monostate{}, Value(), Value()}}};
}

}  // namespace

TEST_CASE("a terminal table puts numbers to the right and leaves NULL empty") {
  CHECK(render(small(), Format::table) ==
        "name     n    mean\n"
        "------  --  ------\n"
        "a|b      3   0.123\n"
        "größer  12  -1.500\n"
        "\n");
}

TEST_CASE("CSV has full precision, and tells NULL from the empty text") {
  const Table table{{{"x, y"}, {"value", 2}}, {{"", 1.0 / 3.0}, {Value(), std::int64_t{-4}}}};
  CHECK(render(table, Format::csv) == "\"x, y\",value\n\"\",0.3333333333333333\n,-4\n");
}

TEST_CASE("JSON reads back as the same values, whatever the texts hold") {
  const double infinity = std::numeric_limits<double>::infinity();
  const Table table{
      {{"id"}, {"id"}, {"x"}},
      {{"<script>\"\n\\", std::int64_t{9007199254740993}, 0.1}, {"bad \xff", infinity, Value()}}};
  const auto json = nlohmann::json::parse(render(table, Format::json));
  REQUIRE(json.size() == 2);
  CHECK(json[0]["id"] == "<script>\"\n\\");
  CHECK(json[0]["id_2"] == 9007199254740993);
  CHECK(json[0]["x"] == 0.1);
  CHECK(json[1]["id"] == "bad \xEF\xBF\xBD");
  CHECK(json[1]["id_2"].is_null());
  CHECK(json[1]["x"].is_null());
}

TEST_CASE("a Markdown table keeps a pipe within its cell") {
  CHECK(render(small(), Format::markdown) ==
        "| name | n | mean |\n"
        "| --- | ---: | ---: |\n"
        "| a\\|b | 3 | 0.123 |\n"
        "| größer | 12 | -1.500 |\n"
        "|  |  |  |\n");
}

TEST_CASE("a LaTeX table is booktabs, with a minus for a negative number") {
  CHECK(render(small(), Format::latex) ==
        "\\begin{tabular}{lrr}\n"
        "\\toprule\n"
        "name & n & mean \\\\\n"
        "\\midrule\n"
        "a\\textbar{}b & 3 & 0.123 \\\\\n"
        "größer & 12 & $-1.500$ \\\\\n"
        " &  &  \\\\\n"
        "\\bottomrule\n"
        "\\end{tabular}\n");
}

TEST_CASE("a table without rows is still a table in every format") {
  const Table table{{{"a"}, {"b"}}, {}};
  CHECK(render(table, Format::table) == "a  b\n-  -\n");
  CHECK(render(table, Format::csv) == "a,b\n");
  CHECK(render(table, Format::json) == "[]\n");
  CHECK(render(table, Format::markdown) == "| a | b |\n| --- | --- |\n");
  CHECK(render(table, Format::latex).find("a & b") != std::string::npos);
}

TEST_CASE("alignment can be asked for where cells are text") {
  const Table table{{{"a"}, {"b", -1, Align::right}}, {{"x", "0.1 ± 0.2"}}};
  CHECK(render(table, Format::markdown).find("| --- | ---: |") != std::string::npos);
  CHECK(render(table, Format::table) == "a          b\n-  ---------\nx  0.1 ± 0.2\n");
}

TEST_CASE("a format is found by its name, and a wrong one gets the nearest") {
  for (const auto& name : format_names()) CHECK_NOTHROW(parse_format(name));
  CHECK(parse_format("latex") == Format::latex);
  CHECK_THROWS_WITH(parse_format("markdwon"), Catch::Contains("markdwon") && Catch::Contains("'markdown'"));
}
