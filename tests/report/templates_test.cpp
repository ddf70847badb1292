#include "report/templates.hpp"

#include <catch2/catch.hpp>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "report/collect.hpp"
#include "report/folder.hpp"
#include "report/html.hpp"
#include "report/markdown.hpp"
#include "report/outputs.hpp"
#include "report/sections/sections.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// Writes one file into a folder of its own and reads the folder as templates.
Templates with(const TestFolder& folder, const std::string& name, const std::string& text) {
  write_file(folder.path() / name, text);
  return Templates(folder.path());
}

}  // namespace

TEST_CASE("a file of the template folder stands for the built-in one of its name, the others stay") {
  const TestFolder folder("templates");
  write_file(folder.path() / "README.md", "ours");
  const Templates templates = with(folder, "report.css", "h1 { color: teal; }\r\n");
  CHECK(templates.text("report.css") == "h1 { color: teal; }\n");
  CHECK(templates.text("report.js") == Templates().text("report.js"));
  const auto comparison = compare(synthetic::records(), {});
  const std::string page = render_html(comparison, sections(comparison), templates);
  CHECK_THAT(page, Contains("<style>h1 { color: teal; }\n</style>"));
}

TEST_CASE("the policy of the page has the hash of the style and script that a lab gave") {
  const TestFolder folder("templates-policy");
  write_file(folder.path() / "report.js", "\"use strict\";");
  const Templates templates = with(folder, "report.css", "");
  const auto comparison = compare(synthetic::records(), {});
  const std::string page = render_html(comparison, sections(comparison), templates);
  // From the shell: printf '"use strict";' | openssl dgst -sha256 -binary | base64, and of nothing.
  CHECK_THAT(page, Contains("'sha256-Xs8vTYPmJg2r1uxI522N3rzPlWVj80ByIhv5YNO4wlU='"));
  CHECK_THAT(page, Contains("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
}

TEST_CASE("a page's template may be of a few words") {
  const TestFolder folder("templates-page");
  const Templates templates =
      with(folder, "report.md.mustache", "{{study}} says: {{#tables_written}}tables{{/tables_written}}");
  const auto comparison = compare(synthetic::records(), {});
  CHECK(render_markdown(comparison, {}, {}, templates, {}) == "synthetic says: tables");
  CHECK(render_markdown(comparison, {}, {}, templates, parse_outputs("markdown")) == "synthetic says: ");
}

TEST_CASE("what cannot be a template is refused by name, with what to try") {
  CHECK_THROWS_WITH(Templates("no/such/folder"), Contains("no/such/folder") && Contains("--template"));
  const TestFolder empty("templates-none");
  CHECK_THROWS_WITH(Templates(empty.path()), Contains("has no template") && Contains("report.css"));
  struct Case {
    const char *name, *text, *says;
  };
  const Case cases[] = {{"raport.css", "", "did you mean 'report.css'?"},
                        {"index.html", "", "there is no template of this name"},
                        {"index.html.mustache", "{{#open}} never closed", "not a well-formed template"},
                        {"report.md.mustache", "{{study", "not a well-formed template"},
                        {"evidence.html.mustache", "{{> evidence}}", "includes others"},
                        {"section.html.mustache", "{{> section}}", "includes others"},
                        {"section.md.mustache", "{{> source_block}}{{> section}}", "includes others"},
                        {"report.js", "x = '</script>'", "'</' within a script or style"},
                        {"report.css", "/* <!-- */", "'<!--' within a script or style"},
                        {"report.css", "a { content: '\xff' }", "no UTF-8 text"}};
  for (const Case& one : cases) {
    const TestFolder folder("templates-wrong");
    INFO(one.name << ": " << one.text);
    CHECK_THROWS_AS(with(folder, one.name, one.text), RequestError);
    CHECK_THROWS_WITH(Templates(folder.path()), Contains(one.name) && Contains(one.says));
  }
}

TEST_CASE("outputs are named in a list, and a wrong one gets the nearest") {
  CHECK(parse_outputs("").data);
  CHECK(parse_outputs("all").figures);
  const Outputs two = parse_outputs("html,tables");
  CHECK((two.html && two.tables && !two.markdown && !two.figures && !two.data));
  CHECK_THROWS_WITH(parse_outputs("html,tabels"), Contains("'tabels'") && Contains("did you mean 'tables'?"));
  CHECK_THROWS_WITH(parse_outputs("html,"), Contains("no output ''"));
}
