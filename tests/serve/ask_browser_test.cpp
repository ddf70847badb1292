#include <catch2/catch.hpp>

#include "cli/small_study.hpp"
#include "serve/live_browser.hpp"

using namespace ablate;
using namespace ablate::test;
using Json = nlohmann::json;

TEST_CASE(
    "the columns that are plotted stand in the address, and rows that are cut are told in words of the page",
    "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  const std::string sql =
      "WITH RECURSIVE t(a, b, c) AS (SELECT 1, 2, 3 UNION ALL SELECT a + 1, b + 1, c + 1 FROM t WHERE a < 1200) SELECT * FROM t";
  const std::string plotted = "['x', 'y'].map(one => document.querySelector(`#plot-${one}`).value)";
  const std::string rows = "document.querySelectorAll('#asked-rows tbody tr').length === 1000";
  browser->open(served.page.address() + "#view=ask&sql=" + encoded(sql));
  CHECK(browser->becomes(rows));
  CHECK(browser->value("document.querySelector('#asked-note').textContent.includes('--')") == false);
  CHECK(browser->value(plotted) == Json{"a", "b"});
  browser->value(
      "(box => { box.value = 'c'; box.dispatchEvent(new Event('change')); })(document.querySelector('#plot-y'))");
  CHECK(browser->value("Chart.getChart('asked-plot').options.scales.y.title.text") == "c");
  browser->reload();
  CHECK(browser->becomes(rows));
  CHECK(browser->value(plotted) == Json{"a", "c"});
  CHECK(browser->faults() == std::vector<std::string>());
}

TEST_CASE("an axis of small numbers has short labels, all of one kind", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address() + "#view=ask&sql=" +
                encoded("SELECT 1 AS a, -1e-9 AS b UNION ALL SELECT 2, 1.5e-9 UNION ALL SELECT 3, 0"));
  CHECK(browser->becomes("Chart.getChart('asked-plot') !== undefined"));
  const std::string labels = "Chart.getChart('asked-plot').scales.y.ticks.map(one => one.label)";
  CHECK(browser->value(labels + ".every(label => /^(0|−?[0-9.]{1,4}e−[0-9]+)$/.test(label))") == true);
  CHECK(browser->value(labels + ".includes('0')") == true);
}
