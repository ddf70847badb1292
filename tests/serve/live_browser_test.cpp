#include "serve/live_browser.hpp"

#include <cstdlib>

#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/small_study.hpp"
#include "store/store_support.hpp"
#include "support/running_program.hpp"

using namespace ablate;
using namespace ablate::test;
using Json = nlohmann::json;

namespace {

/// What axe finds wrong for people who do not see or point; nothing, and a word of it, where $ABLATE_AXE names no
/// axe.min.js.
Json found_by_axe(DrivenBrowser& browser) {
  const char* file = std::getenv("ABLATE_AXE");
  if (!file) {
    WARN("axe did not look at the live page: ABLATE_AXE names no axe.min.js");
    return Json::array();
  }
  browser.value(read_file(file, std::size_t{8} << 20) + "; true");
  return browser.value(
      "axe.run().then(found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`))");
}

void check_sound(DrivenBrowser& browser) {
  CHECK(browser.faults() == std::vector<std::string>());
  CHECK(browser.value("page.faults") == Json::array());
  CHECK(found_by_axe(browser) == Json::array());
  CHECK(browser.value("document.documentElement.scrollWidth <= innerWidth") == true);
}

/// A sweep of a program: of its six runs those of the last seed wait behind their first epoch until they may go on.
struct HeldSweep {
  TemporaryFolder folder;
  RunningProgram program;

  HeldSweep(const std::string& blind, const std::filesystem::path& database)
      : program({"run", written(blind), "-j", "2", "--db", database.string(), "--out",
                 (folder / "r").string(), "-q"},
                folder / "said") {}
  void let_go() const { write_file(folder / "go", ""); }

 private:
  std::string written(const std::string& blind) const {
    write_file(folder / "train.sh", R"(for epoch in 1 2 3; do
  echo "{\"epoch\": $epoch, \"validation.accuracy\": 0.$((50 + $1 + epoch + ABLATE_SEED)), \"test.accuracy\": 0.$((40 + $1 + epoch + ABLATE_SEED))}" >> "$ABLATE_METRICS"
  until [ $epoch != 1 ] || [ $ABLATE_SEED != 3 ] || [ -e go ]; do sleep 0.05; done
done
)");
    write_file(folder / "beside.yaml", R"(# Does the gain matter?
study: beside
trainer: {command: [sh, train.sh, "{gain}"], settings: {gain: 1}, epochs: 3, metrics: {validation.accuracy: up, test.accuracy: up}}
variants: {baseline: {gain: 1}, grid: {gain: [1, 5]}}
seeds: 3
report: {primary: test.accuracy, blind: )" +
                                           blind + "}\n");
    return (folder / "beside.yaml").string();
  }
};

}  // namespace

TEST_CASE(
    "a sweep that is started beside the open page appears in it, its runs move to done, and the plot gains dots",
    "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const TemporaryFolder nothing;
  const auto database = nothing / "a.db";
  const ServedPage served(database);
  browser->open(served.page.address());
  CHECK(browser->becomes("!document.querySelector('#fault').hidden"));
  HeldSweep sweep("false", database);
  // A page without a sweep asks every ten seconds; here it asks at once.
  CHECK(browser->becomes("live.tick(), document.querySelectorAll('#study-list tbody tr').length === 1"));
  browser->value("document.querySelector('#study-list tbody a').click()");
  CHECK(browser->becomes("document.querySelector('#study-title').textContent === 'beside'"));
  CHECK(browser->becomes("document.querySelectorAll('#curves-legend li').length > 0"));
  CHECK(browser->becomes("document.querySelector('#progress-text').textContent.includes('running')"));
  CHECK(browser->becomes("document.querySelectorAll('#plot-wide .dot').length === 2"));
  sweep.let_go();
  CHECK(browser->becomes("document.querySelectorAll('#plot-wide .dot').length === 3"));
  CHECK(browser->becomes("document.querySelector('#progress-text').textContent === '6 runs · 6 done'"));
  CHECK(sweep.program.wait() == 0);
  CHECK(browser->becomes("document.querySelector('#running').hidden"));
  check_sound(*browser);
}

TEST_CASE("a filter stands in the address, survives a reload, and completes what is typed", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address());
  browser->value(
      "document.querySelector('#where').value = 'skip = none'; document.querySelector('#filter-form').requestSubmit()");
  const std::string two = "document.querySelectorAll('#run-list tbody tr').length === 2";
  CHECK(browser->becomes(two));
  CHECK(browser->value("new URLSearchParams(location.hash.slice(1)).get('where')") == "skip = none");
  browser->reload();
  CHECK(browser->becomes(two));
  CHECK(browser->value("document.querySelector('#where').value") == "skip = none");
  browser->value(
      "(box => { box.focus(); box.value = 'skip = pro'; box.dispatchEvent(new Event('input')); })(document.querySelector('#where'))");
  CHECK(browser->becomes("document.querySelector('#offers li')?.textContent === 'projection'"));
  browser->value(
      "['ArrowDown', 'Enter'].forEach(key => document.querySelector('#where').dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})))");
  CHECK(browser->value("document.querySelector('#where').value") == "skip = projection");
  browser->value(
      "(box => { box.focus(); box.value = 'hidd'; box.dispatchEvent(new Event('input')); })(document.querySelector('#where'))");
  CHECK(browser->becomes("document.querySelector('#offers li b')?.textContent === 'model.hidden'"));
  browser->value(
      "document.querySelector('#where').dispatchEvent(new KeyboardEvent('keydown', {key: 'Tab', bubbles: true, cancelable: true}))");
  CHECK(browser->value("document.querySelector('#where').value") == "model.hidden");
  browser->value(
      "document.querySelector('#where').value = 'skip = nne'; document.querySelector('#filter-form').requestSubmit()");
  CHECK(browser->becomes("document.querySelector('#where-fault').textContent.includes('did you mean')"));
  CHECK(browser->value("page.faults") == Json::array());
}

TEST_CASE(
    "every view of the live page opens without an error, in the light and the dark, on a desk and on a telephone",
    "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  for (const int width : {1280, 380}) {
    browser->resize(width, 900);
    for (const auto& [view, shown] : std::initializer_list<std::pair<const char*, const char*>>{
             {"view=studies", "#study-list tbody tr"},
             {"view=study&id=1", "#variant-table tbody tr"},
             {"view=run&id=3", "#run-tables table"},
             {"view=compare&study=1&a=1&b=2", "#compared table"},
             {"view=ask&name=leaderboard", "#asked-rows tbody tr"},
             {"view=ask&sql=SELECT%20seed,%20test_accuracy%20FROM%20results", "#asked-rows tbody tr"}}) {
      CAPTURE(width, view);
      browser->open(served.page.address() + "#" + view);
      CHECK(browser->becomes(fmt::format("document.querySelectorAll('{}').length > 0", shown)));
      browser->value("document.querySelector('#theme').click()");
      check_sound(*browser);
    }
  }
}

TEST_CASE(
    "where one run ends and the next begins, or one anew, the curves are those of the runs in the legend",
    "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address() + "#view=study&id=1");
  CHECK(browser->becomes("document.querySelector('#variant-table tbody tr') !== null"));
  browser->value(R"(window.told = (id, points, split, attempt) => {
    live.views.study.news({study: {counts: {running: 1}, seconds_left: null, elsewhere: '', faults: [], answer: '',
      running: [{id, variant: 'v', seed: id, epoch: points.length, of: 9, split, points, attempt}]}});
    const chart = Chart.getChart('curves');
    return [document.querySelector('#curves-legend a').textContent, document.querySelector('#curves-box').hidden,
      chart?.data.datasets[0]?.label, chart?.options.scales.y.title.text];
  }; true)");
  CHECK(browser->value("told(1, [[1, 0.5]], 'validation')") ==
        Json{"v, seed 1", false, "v, seed 1", "accuracy, validation"});
  CHECK(browser->value("told(2, [], '')[1]") == true);
  CHECK(browser->value("told(2, [[1, 0.4]], '')") == Json{"v, seed 2", false, "v, seed 2", "accuracy"});
  const auto epochs = [&](const std::string& told) {
    return browser->value("told(3, " + told + "), live.views.study.watch().known");
  };
  CHECK(epochs("[[1, 0.4], [2, 0.5]], '', 'a.1'") == "a.1:2");
  CHECK(epochs("[[3, 0.5]], '', 'a.1'") == "a.1:3");
  CHECK(epochs("[[1, 0.1], [2, 0.2]], '', 'a.2'") == "a.2:2");  // began anew
}

TEST_CASE("the page rounds numbers as the report does, with a minus sign", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address());
  // 0.03125 is a half exactly, which C++ formats to the even digit.
  CHECK(browser->value("[0.03125, -0.045, 1234.25, -3, 0.00003].map(live.show)") ==
        Json{fmt::format("{:.4f}", 0.03125), "−0.0450", "1234.2", "−3", "3.00e-5"});
}

TEST_CASE("SQL is answered to the last digit, and a question that is too long is told so", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  const std::string sql =
      "SELECT 9007199254740993 AS a, 0.123456789 AS b, -9223372036854775807 AS c, '\"12345678901234567890' AS d, "
      "0.1234567890123456 AS e";
  browser->open(served.page.address() + "#view=ask&sql=" + encoded(sql));
  CHECK(browser->becomes("document.querySelectorAll('#asked-rows tbody tr').length === 1"));
  CHECK(browser->value(
            "[...document.querySelectorAll('#asked-rows tbody tr > *')].map(cell => cell.textContent)") ==
        Json{"9007199254740993", "0.123456789", "-9223372036854775807", "\"12345678901234567890",
             "0.1234567890123456"});
  browser->value("location.hash = '#view=ask&sql=' + 'x'.repeat(3e6)");
  CHECK(browser->becomes("document.querySelector('#ask-fault').textContent.startsWith('this is too long')"));
  CHECK(browser->faults() == std::vector<std::string>());
}

TEST_CASE("the comparison of two variants tells what else weakens their study, and nothing twice",
          "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address() + "#view=compare&study=1&a=1&b=2");
  CHECK(browser->becomes("document.querySelector('#weakened').textContent !== ''"));
  CHECK(browser->value("document.querySelector('#weakened').textContent") ==
        "Their study is weakened by this, too: the learning rate was not tuned for either side.");
  CHECK(browser->value(
            "document.querySelector('#verdict-more').textContent.includes('Weakened by: 2 seeds')") == true);
}

TEST_CASE("a comparison is of the study of its two variants, whatever the address says", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const Small small;
  small.run();
  write_file(small.file, "lr,seed,step,test.acc\n1,1,1,0.5\n1,2,1,0.5\n2,1,1,0.6\n2,2,1,0.6\n");
  REQUIRE(ablate_says({"import", "csv", small.file, "--study", "apart", "--metric", "test.acc=up", "--db",
                       small.database})
              .code == 0);
  const ServedPage served(small.database);
  browser->open(served.page.address() + "#view=compare&study=2&a=1&b=2");
  CHECK(browser->becomes("document.querySelector('#weakened').textContent.includes('learning rate')"));
  CHECK(browser->value("['study', 'a', 'b'].map(one => document.querySelector(`#compare-${one}`).value)") ==
        Json{"1", "1", "2"});
}

TEST_CASE("names that are markup stay text on the live page", "[browser]") {
  const TemporaryFolder folder;
  const auto browser = started_browser();
  if (!browser) return;
  const std::string database = (folder / "a.db").string(), file = (folder / "hostile.yaml").string();
  const std::string name = "<img src=x onerror=alert(1)>'&amp;<script>", question = "</script><img src=x>";
  std::string study = small_study;
  study.replace(study.find("small"), 5, '"' + name + "\"\nquestion: \"" + question + '"');
  write_file(file, study);
  REQUIRE(
      ablate_says({"run", file, "-q", "-j", "1", "--db", database, "--out", (folder / "r").string()}).code ==
      0);
  const ServedPage served(database);
  open_studies(*browser, served);
  CHECK(browser->value("document.querySelector('#study-list tbody th').textContent") == name);
  browser->value("document.querySelector('#study-list tbody a').click()");
  CHECK(browser->becomes("document.querySelector('#variant-table tbody tr') !== null"));
  CHECK(browser->value("document.querySelector('#study-title').textContent") == name);
  CHECK(browser->value("document.querySelector('#question').textContent") == question);
  CHECK(browser->value("document.querySelectorAll('img').length") == 0);
  check_sound(*browser);
}

TEST_CASE("of a study that is not there the live page shows the message alone", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address() + "#view=study&id=99");
  CHECK(browser->becomes(
      "document.querySelector('#fault').textContent === 'there is no study with the number 99'"));
  CHECK(browser->becomes("document.querySelector('#study').hidden"));
  browser->value("location.hash = '#view=study&id=1'; 0");
  CHECK(browser->becomes("document.querySelector('#variant-table tbody tr') !== null"));
  CHECK(browser->value("document.querySelector('#study').hidden") == false);
}

TEST_CASE("a tab that nobody sees asks nothing, and asks at once when it is seen again", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  open_studies(*browser, served);
  // What is asked from now on; a question that is under way does not count.
  browser->value(
      "window.asked = 0; window.through = fetch; window.fetch = (...all) => { asked += all[0].includes('/api/changes'); return through(...all); }; Object.defineProperty(document, 'hidden', {configurable: true, value: true}); true");
  browser->value("live.tick()");
  CHECK(browser->value("asked") == 0);
  browser->value("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
  CHECK(browser->becomes("asked > 0"));
}

TEST_CASE(
    "a new state that is seen is a look, and neither a reload without news nor a tab that nobody sees is one",
    "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const Small small;
  small.run();
  const auto looks = [&] { return Reader(small.database).looks(1).size(); };
  execute(small.database, "DELETE FROM look");
  const ServedPage served(small.database);
  open_studies(*browser, served);
  CHECK(looks() == 0);  // the list of studies shows no difference
  browser->open(served.page.address() + "#view=study&id=1");
  const std::string is_shown = "document.querySelector('#variant-table tbody tr') !== null";
  CHECK(browser->becomes(is_shown));
  CHECK(looks() == 1);
  browser->reload();
  CHECK(browser->becomes(is_shown));
  CHECK(looks() == 1);

  browser->value("Object.defineProperty(document, 'hidden', {configurable: true, value: true})");
  execute(small.database,
          "DELETE FROM look; UPDATE run SET ended_at = '2031-01-01T00:00:00.000Z' WHERE id = 4");
  browser->value("live.tick()");
  CHECK(looks() == 0);
  browser->value("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
  CHECK(wait_until([&] { return looks() == 1; }));
  CHECK(browser->faults() == std::vector<std::string>());
}

TEST_CASE(
    "a blind study's page says how far it is, why no difference is shown and until when, and shows all at the end",
    "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const TemporaryFolder results;
  const auto database = results / "a.db";
  HeldSweep sweep("true", database);
  CHECK(wait_until([&] { return std::filesystem::exists(database); }));
  const ServedPage served(database);
  browser->open(served.page.address() + "#view=study&id=1");
  CHECK(browser->becomes(
      "live.tick(), document.querySelector('#headline').textContent === 'Hidden until every run has ended'"));
  CHECK(browser->becomes("document.querySelectorAll('#curves-legend li').length > 0"));
  CHECK(browser->becomes("document.querySelector('#progress-text').textContent.includes('done')"));
  CHECK(browser->value("document.querySelector('#bullets').textContent.includes('report.blind: true')") ==
        true);
  CHECK(browser->value(
            "['plot', 'variants', 'curves-box'].every(id => document.getElementById(id).hidden)") == true);
  check_sound(*browser);
  sweep.let_go();
  CHECK(browser->becomes("document.querySelectorAll('#plot-wide .dot').length === 3"));
  CHECK(browser->becomes(
      "document.querySelector('#headline').textContent !== 'Hidden until every run has ended'"));
  CHECK(sweep.program.wait() == 0);
  check_sound(*browser);
}
