#include "text/table_writer.hpp"

#include <limits>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "text/escape.hpp"

using namespace ablate;

namespace {

std::string written(Format format, const Table& table, TableWriter::Sample sample) {
  std::ostringstream out;
  TableWriter writer(out, format, table.columns, sample);
  for (const auto& row : table.rows) writer.row(row);
  writer.finish();
  return out.str();
}

/// Texts that have broken some format somewhere.
const std::vector<std::string>& awkward() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> all = {"",
                                    " ",
                                    "plain",
                                    "a,b",
                                    "say \"x\"",
                                    "\"",
                                    "\"\"",
                                    "a\nb",
                                    "a\r\nb",
                                    "\r",
                                    "\n",
                                    "\t",
                                    " padded ",
                                    "'",
                                    "\\",
                                    "\\n",
                                    "=1+1",
                                    "x'00ff'",
                                    "grö\xc3\x9f"
                                    "er",
                                    "\xf0\x9f\x98\x80",
                                    "\xff",
                                    "\xed\xa0\x80",
                                    "\xc0\x80",
                                    "\xef\xbb\xbf",
                                    "null",
                                    "1"};
    all.emplace_back("zero\0byte", 9);
    for (char c = 1; c < ' '; ++c) all.push_back(fmt::format("x{}y", c));
    return all;
  }();
  return texts;
}

/// RFC 4180, with empty fields that stand without quotes as NULL.
std::vector<std::vector<Value>> read_csv(const std::string& text) {
  std::vector<std::vector<Value>> rows(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string field;
    const bool quoted = text[at] == '"';
    if (quoted) {
      for (++at; text[at] != '"' || text[at + 1] == '"'; ++at) {
        if (text[at] == '"') ++at;
        field += text[at];
      }
      ++at;
    } else {
      while (text[at] != ',' && text[at] != '\n') field += text[at++];
    }
    rows.back().push_back(quoted || !field.empty() ? Value(field) : Value());
    if (text[at] == '\n') rows.emplace_back();
  }
  rows.pop_back();
  return rows;
}

}  // namespace

TEST_CASE(
    "each format writes row by row what it writes as a whole, where the sample holds the widest cells") {
  Table table{{{"name"}, {"n"}, {"mean", 3}}, {}};
  for (std::int64_t i = 0; i < 50; ++i)
    table.rows.push_back({fmt::format("v{}", i % 7), 1000 - i, 0.001 * double(i)});
  for (const std::string& name : format_names()) {
    CHECK(written(parse_format(name), table, {3, 1 << 20}) == render(table, parse_format(name)));
  }
}

TEST_CASE("a row is out before the next thousand come, whatever the format") {
  for (const std::string& name : format_names()) {
    INFO(name);
    std::ostringstream out;
    TableWriter writer(out, parse_format(name), {{"x"}});
    for (std::int64_t i = 0; i < 1000; ++i) writer.row({i});
    CHECK(out.str().find("999") != std::string::npos);
    writer.row({std::int64_t{123456}});
    CHECK(out.str().find("123456") != std::string::npos);
  }
}

TEST_CASE("long rows are not held back until there are a thousand") {
  std::ostringstream out;
  TableWriter writer(out, Format::table, {{"x"}});
  for (int i = 0; i < 10; ++i) writer.row({std::string(1 << 20, 'x')});
  CHECK(out.str().size() > (8 << 20));
}

TEST_CASE("a cell that is wider than the sample's pushes its line to the right and loses nothing") {
  const Table table{{{"a"}, {"b"}},
                    {{"x", std::int64_t{1}}, {"longer", std::int64_t{22}}, {"y", "text among numbers"}}};
  CHECK(written(Format::table, table, {1, 1 << 20}) ==
        "a  b\n"
        "-  -\n"
        "x  1\n"
        "longer  22\n"
        "y  text among numbers\n");
}

TEST_CASE("CSV reads back as the same texts, byte for byte, and NULL as NULL") {
  Table table{{{"text"}, {"n"}}, {{Value(), std::int64_t{1}}}};
  for (const std::string& text : awkward()) table.rows.push_back({text, 0.5});
  const auto rows = read_csv(written(Format::csv, table, {}));
  REQUIRE(rows.size() == table.rows.size() + 1);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    INFO(i);
    CHECK(rows[i + 1][0] == table.rows[i][0]);
  }
}

TEST_CASE("JSON is valid whatever the texts hold; bytes that are no UTF-8 become U+FFFD") {
  Table table{{{"text"}, {"text"}, {std::string("\xff\"\n")}}, {}};
  for (const std::string& text : awkward()) table.rows.push_back({text, text, Value()});
  const auto json = nlohmann::json::parse(written(Format::json, table, {}));
  REQUIRE(json.size() == awkward().size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string& text = awkward()[i];
    INFO(text);
    const bool is_valid = json_text(text).find("\xef\xbf\xbd") == std::string::npos;
    if (is_valid) CHECK(json[i]["text_2"] == text);
    if (!is_valid) CHECK_THAT(json[i]["text"].get<std::string>(), Catch::Contains("\xef\xbf\xbd"));
  }
}

TEST_CASE(
    "JSON writes every whole number digit by digit, every number so that it reads back, and null for the "
    "rest") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const std::vector<Value> values = {std::int64_t{9007199254740993},
                                     std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max(),
                                     0.1,
                                     1e300,
                                     5e-324,
                                     -0.0,
                                     1e22,
                                     nan,
                                     inf,
                                     -inf,
                                     Value()};
  Table table{{{"x"}}, {}};
  for (const Value& value : values) table.rows.push_back({value});
  const auto json = nlohmann::json::parse(written(Format::json, table, {}));
  for (std::size_t i = 0; i < values.size(); ++i) {
    INFO(to_string(values[i]));
    const auto& found = json[i]["x"];
    if (i < 3) CHECK(found.get<std::int64_t>() == std::get<std::int64_t>(values[i]));
    if (i >= 3 && i < 8) CHECK(found.get<double>() == std::get<double>(values[i]));
    CHECK(found.is_null() == (i >= 8));
  }
}
