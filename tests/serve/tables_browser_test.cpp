#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "serve/live_browser.hpp"
#include "support/running_program.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("the page's tables show the metrics of a script's study, and no empty column of our suite",
          "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const TemporaryFolder folder;
  const auto database = folder / "a.db";
  write_file(folder / "train.sh", R"(for epoch in 1 2; do
  echo "{\"epoch\": $epoch, \"validation.loss\": $((90 - $1 - epoch - ABLATE_SEED)), \"test.bleu\": $((40 + $1 + epoch + ABLATE_SEED)), \"top@1\": $1}" >> "$ABLATE_METRICS"
done
)");
  for (const char* name : {"bleu", "again"}) {
    write_file(folder / "study.yaml", std::string("# Does the gain matter?\nstudy: ") + name + R"(
trainer: {command: [sh, train.sh, "{gain}"], settings: {gain: 1}, epochs: 2, metrics: {validation.loss: down, test.bleu: up, "top@1": up}}
variants: {baseline: {gain: 1}, grid: {gain: [1, 5]}}
seeds: 3
report: {primary: test.bleu}
)");
    RunningProgram run({"run", (folder / "study.yaml").string(), "--db", database.string(), "--out",
                        (folder / "r").string(), "-q"},
                       folder / "said");
    CHECK(run.wait() == 0);
  }
  const ServedPage served(database);
  browser->open(served.page.address());
  const std::string heads =
      "[...document.querySelectorAll('#run-list thead th')].map(one => one.textContent).join()";
  const std::string expected =
      "run,study,variant,seed,status,epochs,selected,test.bleu,top@1,validation.loss,leaked";
  browser->value("location.hash = '#view=studies&study=1'");
  CHECK(browser->becomes(heads + " === '" + expected + "'"));
  browser->value("location.hash = '#view=studies&where=gain = 5'");
  CHECK(browser->becomes("document.querySelectorAll('#run-list tbody tr').length === 6"));
  CHECK(browser->value(heads) == expected);
  browser->value(
      "[...document.querySelectorAll('#run-list thead button')].find(one => one.textContent === 'top@1').click()");
  CHECK(browser->becomes("new URLSearchParams(location.hash.slice(1)).get('sort') === '`top@1`'"));
  CHECK(
      browser->becomes("document.querySelectorAll('#run-list thead th[aria-sort=ascending]').length === 1"));
  browser->value("location.hash = '#view=study&id=1'");
  CHECK(
      browser->becomes("document.querySelector('#variant-table thead')?.textContent.includes('test.bleu')"));
  CHECK(browser->faults() == std::vector<std::string>());
}
