#include "report/sections/sections.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "report/collect.hpp"
#include "report/folder.hpp"
#include "report/html.hpp"
#include "report/markdown.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// A section that no renderer has ever heard of.
Section invented() {
  Section section{"invented", "What was invented"};
  section.paragraphs = {"Above <it>."};
  section.tables.push_back({"rows", "Invented rows", {{{"name"}}, {{std::string("one row")}}}, "A heading"});
  section.notes = {"A note."};
  section.links = {{"In full: ", "tables/invented.csv", "."}};
  section.evidence = Evidence{"SELECT 7", {1, 2, 3}};
  Drawing drawing{"invented-drawing"};
  drawing.controls = {{"choice", "Choose", {{"a", "first"}}}, {"box", "Tick", {}, true, true}};
  drawing.caption = "Drawn here.";
  section.drawings.push_back(std::move(drawing));
  return section;
}

}  // namespace

TEST_CASE("a section is on every page without a word about it in a renderer or template") {
  const auto comparison = compare(synthetic::records(), {});
  const std::string html = render_html(comparison, {invented()});
  CHECK_THAT(html, Contains("<h2 id=\"invented-title\">What was invented</h2>") &&
                       Contains("<p class=\"small\">Above &lt;it&gt;.</p>") &&
                       Contains("<h3>A heading</h3>"));
  CHECK_THAT(html, Contains("<table id=\"rows\">") && Contains("<li>A note.</li>") && Contains("SELECT 7"));
  CHECK_THAT(html, Contains("In full: <a href=\"tables/invented.csv\">tables/invented.csv</a>."));
  CHECK_THAT(html, Contains("<canvas id=\"invented-drawing\"") && Contains("<select id=\"choice\">") &&
                       Contains("id=\"box\" checked") && Contains("Drawn here."));
  const std::string markdown = render_markdown(comparison, {invented()}, {});
  CHECK_THAT(markdown, Contains("## What was invented\n\nAbove ") && Contains("| one row |") &&
                           Contains("\n- A note.\n") && Contains("Runs: 1-3"));
  CHECK_THAT(markdown,
             Contains("In full: [tables/invented.csv](tables/invented.csv).") && !Contains("Drawn here"));
}

TEST_CASE("a hidden section is on no page, and one of drawings alone is on none without a script") {
  const auto comparison = compare(synthetic::records(), {});
  Section hidden = invented();
  hidden.is_shown = false;
  CHECK_THAT(render_html(comparison, {hidden}), !Contains("What was invented"));
  CHECK_THAT(render_markdown(comparison, {hidden}, {}), !Contains("What was invented"));
  Section drawn{"drawn", "Drawn alone"};
  drawn.drawings.push_back({"place"});
  CHECK_THAT(render_html(comparison, {drawn}), Contains("Drawn alone"));
  CHECK_THAT(render_markdown(comparison, {drawn}, {}), !Contains("Drawn alone"));
}

TEST_CASE("no two sections of a report share an id, a table, a drawing, a figure or a file") {
  const auto comparison =
      compare(synthetic::records({{"none 64", "skip 64", "none 128", "skip 128"}, 3, 2, true}), {});
  std::multiset<std::string> ids, files;
  for (const Section& section : sections(comparison)) {
    ids.insert(section.id + "-section");
    for (const PageTable& table : section.tables) ids.insert(table.id);
    for (const Drawing& drawing : section.drawings) ids.insert(drawing.id);
    for (const TableFile& file : section.files) files.insert("tables/" + file.name + ".csv");
    for (const PaperTable& table : section.papers) files.insert("tables/" + table.name + ".tex");
    for (const Figure& figure : section.figures) files.insert("data/" + figure.plot.name);
    for (const FileLink& link : section.links)
      CHECK((link.name == "tables/tables.tex" || files.count(link.name)));
  }
  for (const std::string& id : ids) CHECK(ids.count(id) == 1);
  for (const std::string& file : files) CHECK(files.count(file) == 1);
  CHECK(files.size() > 10);
}
