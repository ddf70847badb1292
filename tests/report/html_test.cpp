#include "report/html.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/digest.hpp"
#include "report/collect.hpp"
#include "report/html_data.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"
#include "report/templates.hpp"
#include "text/escape.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

const std::string hostile =
    "</script><img src=x onerror=alert(1)> \"q\" 'a' & <!-- {{data}} \u202Egnp.exe\nnext\xff";

std::string page(const StudyRecords& records) { return html_page(compare(records, {})); }

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// Base64 of 32 bytes by way of their hexadecimal digits, six bits at a time: not the way of the program.
std::string base64_of_hex(const std::string& digits) {
  std::string bits, text;
  for (const char c : digits) {
    const int value = c <= '9' ? c - '0' : c - 'a' + 10;
    for (int bit = 3; bit >= 0; --bit) bits += (value >> bit & 1) ? '1' : '0';
  }
  while (bits.size() % 6) bits += '0';
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < bits.size(); i += 6) text += letters[std::stoul(bits.substr(i, 6), nullptr, 2)];
  while (text.size() % 4) text += '=';
  return text;
}

/// What stands between each <tag> and </tag>.
std::vector<std::string> insides(const std::string& html, const std::string& open, const std::string& close) {
  std::vector<std::string> found;
  for (std::size_t at = html.find(open); at != std::string::npos; at = html.find(open, at)) {
    at += open.size();
    found.push_back(html.substr(at, html.find(close, at) - at));
  }
  return found;
}

StudyRecords large(std::size_t variants, int seeds, int epochs) {
  synthetic::Shape shape;
  shape.variants.clear();
  for (std::size_t i = 0; i < variants; ++i) shape.variants.push_back(fmt::format("variant {}", i));
  shape.seeds = seeds, shape.epochs = epochs;
  auto records = synthetic::records(shape);
  for (auto* rows : {&records.selected, &records.curves}) {  // no metric is left out, no digit is short
    for (auto& row : *rows) {
      for (const Metric& metric : metric_table()) {
        if (!(row.suite.*metric.value == row.suite.*metric.value)) {
          row.suite.*metric.value = row.suite.accuracy / 1.2345678;
        }
      }
    }
  }
  return records;
}

}  // namespace

TEST_CASE("hostile names neither end the script nor begin an element, and keep their writing direction") {
  synthetic::Shape shape;
  shape.variants = {hostile, "plain"};
  auto records = synthetic::records(shape);
  records.study.name = records.study.question = hostile;
  records.variants[1].factors[0].value = hostile;
  records.machines[0].host = hostile;
  records.datasets[1].class_names = {hostile};
  records.leaks.push_back({1, {"trained_on_test", hostile, 1}});
  synthetic::end(records, 6, RunStatus::failed, hostile);
  auto comparison = compare(records, {});
  comparison.class_views = {{0, 1, {1.0}, {1.0}, {1.0}, {5}, {5}}};
  const std::string html = html_page(comparison);
  const std::string plain = page(synthetic::records());
  CHECK(count(html, "</script") == 4);
  CHECK(count(html, "<img") == 0);
  CHECK(count(html, "<!--") == count(plain, "<!--"));
  CHECK_THAT(html, !Contains("\u202E") && !Contains("\xff") && !Contains("\nnext"));
  CHECK_THAT(html,
             Contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &quot;q&quot; &#39;a&#39; &amp;"));
  CHECK_THAT(html,
             Contains("\\u003c/script\\u003e\\u003cimg src=x onerror=alert(1)\\u003e \\\"q\\\" 'a' \\u0026"));
}

TEST_CASE("HTML text is one line of valid UTF-8 without markup") {
  CHECK(escape_html("a<b>&\"'\u202E\n\xff") == "a&lt;b&gt;&amp;&quot;&#39;  \uFFFD");
  CHECK(escape_html("").empty());
}

TEST_CASE("the page's policy allows its own scripts and style by their hashes and loads nothing") {
  const std::string html = page(synthetic::records());
  const auto policies = insides(html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  REQUIRE(policies.size() == 1);
  CHECK_THAT(policies[0], Contains("default-src 'none'") && !Contains("unsafe") && !Contains("http"));
  const auto scripts = insides(html, "<script>", "</script>");
  const auto styles = insides(html, "<style>", "</style>");
  REQUIRE(scripts.size() == 3);
  REQUIRE(styles.size() == 1);
  for (const auto& text : {scripts[0], scripts[1], scripts[2], styles[0]}) {
    CHECK_THAT(policies[0], Contains("'sha256-" + base64_of_hex(sha256_hex(text)) + "'"));
  }
  CHECK(count(html, " style=\"") == 0);
  CHECK(count(html, " src=") == 0);
  CHECK(count(html, "<link") == count(html, "<link rel=\"icon\" href=\"data:,\">"));
}

TEST_CASE("the scripts and the style of the page cannot end their own element") {
  for (const EmbeddedFile& file : built_in_templates()) {
    if (!file.name.ends_with(".mustache"))
      CHECK_THAT(std::string(file.text), !Contains("</") && !Contains("<!--"));
  }
  CHECK_THAT(std::string(chart_script()), !Contains("</") && !Contains("<!--"));
  CHECK_THAT(std::string(chart_script().substr(0, 80)), Contains("Chart.js v3."));
}

TEST_CASE("the page of the same records has the same bytes") {
  CHECK(page(synthetic::records()) == page(synthetic::records()));
}

TEST_CASE("200 runs of 50 epochs and 3 splits make a page under 5 MB, however they are spread") {
  for (const auto& [variants, seeds] : {std::pair{200, 1}, {100, 2}, {40, 5}}) {
    const auto comparison = compare(large(static_cast<std::size_t>(variants), seeds, 50), {});
    const std::string html = html_page(comparison);
    INFO(variants << " variants: " << html.size());
    CHECK(html.size() < 5'000'000);
    CHECK_THAT(html, Contains(fmt::format("\"curves_of\":{}", variants)) && Contains("\"ece\""));
  }
}

TEST_CASE("a study too large for the page keeps the seven metrics, then fewer variants, and says how many") {
  const std::string json = page_data(compare(large(500, 1, 100), {}));
  CHECK(json.size() < 5'000'000);
  CHECK_THAT(json, Contains("\"curves_of\":200") && !Contains("\"ece\""));
  const std::string long_curve = page_data(compare(large(1, 1, 1000), {}));
  CHECK_THAT(long_curve, Contains("\"epochs\":[1,5,9,") && Contains(",989,993,1000]"));
}

TEST_CASE("a page has its tables without a script, and every variant in the comparison") {
  const std::string html = page(large(80, 2, 1));
  CHECK(count(html, "<th scope=\"row\">variant ") ==
        60 + 80 + 50 +
            50);  // so many contrasts; all in the comparison; shown_variants in the metrics and the ranks
  CHECK_THAT(html, Contains("<h2 id=\"answer-title\"") && Contains("<noscript>") && !Contains("are shown:"));
}

TEST_CASE("pages of poor studies leave out what they cannot show") {
  StudyRecords nothing;
  nothing.study.name = "empty";
  CHECK_THAT(page(nothing), Contains("there is nothing to draw") && !Contains("<canvas"));
  auto none_done = synthetic::records();
  for (std::int64_t run = 1; run <= 6; ++run) synthetic::end(none_done, run, RunStatus::diverged, "nan");
  CHECK_THAT(page(none_done), Contains("there is nothing to draw") && Contains("<b>6</b> diverged"));
  auto no_baseline = synthetic::records();
  no_baseline.variants[0].is_baseline = false;
  CHECK_THAT(page(no_baseline), !Contains("id=\"effects\"") && Contains("id=\"curves\""));
  CHECK_THAT(page(synthetic::records({{"alone"}, 1, 1, false})),
             !Contains("id=\"effects\"") && !Contains("\"validation\":{"));
}

TEST_CASE("SQL keeps its lines and its signs on the page") {
  auto records = synthetic::records();
  synthetic::end(records, 6, RunStatus::failed, "x");
  CHECK_THAT(page(records), Contains("r.status &lt;&gt; &#39;done&#39; AND NOT r.obsolete\nORDER BY v.id"));
}

TEST_CASE(
    "the page has the effects of crossed factors and their shares of variance, each with its "
    "SQL") {
  const std::string crossed =
      page(synthetic::with_accuracies({{0.5, 0.51}, {0.6, 0.62}, {0.7, 0.73}, {0.84, 0.86}}));
  for (const char* part : {"id=\"factor-effects\"", "id=\"variance\""}) CHECK(count(crossed, part) == 1);
  CHECK_THAT(insides(crossed, "<table id=\"factor-effects\">", "</table>").at(0),
             Contains("none → projection"));
  const std::string plain = page(synthetic::with_accuracies({{0.5, 0.51}, {0.6, 0.62}}));
  for (const char* part : {"id=\"factor-effects\"", "id=\"variance\"", "id=\"ranks\""})
    CHECK(count(plain, part) == 0);
}
