#include "text/escape.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "text/folder_name.hpp"
#include "text/spreadsheet.hpp"
#include "text/unicode.hpp"

using namespace ablate;

TEST_CASE("Markdown text shows every character that was meant and becomes no markup") {
  CHECK(escape_markdown("a|b") == "a\\|b");
  CHECK(escape_markdown("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;");
  CHECK(escape_markdown("R&D *x* `y` [z](u) $k$ ~s~ #1 \\") ==
        "R&amp;D \\*x\\* \\`y\\` \\[z\\](u) \\$k\\$ \\~s\\~ \\#1 \\\\");
  CHECK(escape_markdown("two\nlines\ttab") == "two lines tab");
  CHECK(escape_markdown("learning_rate _emphasis_") == "learning_rate \\_emphasis\\_");
}

TEST_CASE("Markdown text that begins like a list or a rule stays a paragraph") {
  CHECK(escape_markdown("- item") == "\\- item");
  CHECK(escape_markdown("1. item") == "1\\. item");
  CHECK(escape_markdown("---") == "\\---");
  CHECK(escape_markdown("-0.5") == "-0.5");
  CHECK(escape_markdown("0.5") == "0.5");
  CHECK(escape_markdown("12") == "12");
}

TEST_CASE("LaTeX text escapes what TeX would run, and what would follow a row's end") {
  CHECK(escape_latex("50 % of R&D #1_a {b} $x$") == "50 \\% of R\\&D \\#1\\_a \\{b\\} \\$x\\$");
  CHECK(escape_latex("\\input{x}~^") == "\\textbackslash{}input\\{x\\}\\textasciitilde{}\\textasciicircum{}");
  CHECK(escape_latex("[64, 32]") == "{[}64, 32]");
  CHECK(escape_latex("*") == "{*}");
  CHECK(escape_latex("a\n\nb") == "a  b");
}

TEST_CASE("a CSV field is quoted where RFC 4180 needs it and kept byte for byte") {
  CHECK(escape_csv("plain text") == "plain text");
  CHECK(escape_csv("a,b") == "\"a,b\"");
  CHECK(escape_csv("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(escape_csv("two\nlines") == "\"two\nlines\"");
  CHECK(escape_csv("=1+1") == "=1+1");
  CHECK(escape_csv("") == "\"\"");
  CHECK(escape_csv("\xff") == "\xff");
}

TEST_CASE("a gnuplot string expands nothing and stays on its line") {
  CHECK(quote_gnuplot("it's `date` \"x\" \\n @m") == "'it''s `date` \"x\" \\n @m'");
  CHECK(quote_gnuplot("a\nsystem('rm')") == "'a system(''rm'')'");
}

TEST_CASE("a terminal is not moved by a name") {
  CHECK(escape_terminal("\x1b[31mred\n") == "\\x1b[31mred\\n");
  CHECK(escape_terminal("a\xE2\x80\xAE"
                        "b") == "a\\u202eb");
  CHECK(escape_terminal("Größe 数") == "Größe 数");
}

TEST_CASE("JSON has control characters and changes of direction as escapes, and reads back as it was") {
  const std::string hostile = "\x1b[31m\x7f \xC2\x9b \xE2\x80\xAE \xC3\xA4";
  const std::string json = json_text(hostile);
  CHECK(json == "\"\\u001b[31m\\u007f \\u009b \\u202e \xC3\xA4\"");
  CHECK(nlohmann::json::parse(json) == hostile);
}

TEST_CASE("a spreadsheet takes no name for a formula, and numbers stay numbers") {
  CHECK(spreadsheet_text("=HYPERLINK(\"http://x\")") == "'=HYPERLINK(\"http://x\")");
  CHECK(spreadsheet_text("+dropout") == "'+dropout");
  CHECK(spreadsheet_text("-skip") == "'-skip");
  CHECK(spreadsheet_text("@sum") == "'@sum");
  CHECK(spreadsheet_text("\t=1") == "'\t=1");
  CHECK(spreadsheet_text("-0.5") == "-0.5");
  CHECK(spreadsheet_text("skip=none") == "skip=none");
  CHECK(spreadsheet_text("").empty());
  const Table table{{{"name"}, {"n"}}, {{std::string("=1+1"), -0.5}}};
  CHECK(render(for_spreadsheets(table), Format::csv) == "name,n\n'=1+1,-0.5\n");
}

TEST_CASE("a folder called after a foreign name stands where it should, and no two names share one") {
  CHECK(folder_name("skip_connection-2") == "skip_connection-2");
  for (const char* name : {"../../x", "/tmp/x", "..", ".", "", "a b", "a\nb", "CON:", "a/b", "数"}) {
    CAPTURE(name);
    CHECK(folder_name(name).find_first_not_of(
              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos);
    CHECK_FALSE(folder_name(name).empty());
  }
  CHECK(folder_name("a b") != folder_name("a-b"));
  CHECK(folder_name("a b") != folder_name("a/b"));
  CHECK(folder_name(std::string(300, 'x')).size() < 100);
}

TEST_CASE("a slug is a harmless file name, however the variant is called") {
  CHECK(slug("skip=projection, Width 64") == "skip-projection-width-64");
  CHECK(slug("../../etc/passwd") == "etc-passwd");
  CHECK(slug("'; rm -rf / #") == "rm-rf");
  CHECK(slug("数") == "x");
  CHECK(slug(std::string(500, 'a')).size() == 40);
}

TEST_CASE("neighbouring ids are written as a range") {
  CHECK(id_ranges({}).empty());
  CHECK(id_ranges({7}) == "7");
  CHECK(id_ranges({3, 1, 2, 9, 2, 10, 12}) == "1-3, 9-10, 12");
}

TEST_CASE("digits are grouped by thousands") {
  CHECK(group_digits(0) == "0");
  CHECK(group_digits(999) == "999");
  CHECK(group_digits(1234567) == "1,234,567");
  CHECK(group_digits(-123456) == "-123,456");
}

TEST_CASE("width counts terminal columns: none for combining marks, two for wide characters") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("± σ") == 3);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("数字") == 4);
  CHECK(display_width("\xff\xfe") == 2);
}

TEST_CASE("bytes that are no UTF-8 become one replacement character each") {
  CHECK(valid_utf8("a\xff"
                   "b") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(valid_utf8("\xC0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  CHECK(valid_utf8("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // surrogate
  CHECK(valid_utf8("\xE2\x82") == "\xEF\xBF\xBD\xEF\xBF\xBD");                  // cut short
  CHECK(valid_utf8("\xF0\x9F\x98\x80") == "\xF0\x9F\x98\x80");
}

TEST_CASE("a text too wide is cut at a character and ends with an ellipsis") {
  CHECK(shorten("abcdef", 6) == "abcdef");
  CHECK(shorten("abcdef", 4) == "abc…");
  CHECK(shorten("数数数", 4) == "数…");
}
