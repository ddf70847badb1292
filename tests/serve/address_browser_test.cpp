#include <catch2/catch.hpp>

#include "cli/small_study.hpp"
#include "serve/live_browser.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Json = nlohmann::json;

namespace {

/// From now on answers to what begins so wait for a promise: that of `let_go`, or another. `asked` lists all that is asked.
void hold(DrivenBrowser& browser, const std::string& begin, const std::string& promise = "gate") {
  browser.value(fmt::format(
      "window.asked = []; window.through = window.through || fetch; window.gate = new Promise(open => {{ window.letGo = open; "
      "}}); window.fetch = async (...all) => {{ asked.push(all[0]); const answer = await through(...all); if "
      "(all[0].startsWith('{}')) await {}; return answer; }}; true",
      begin, promise));
}
void let_go(DrivenBrowser& browser) { browser.value("letGo(), new Promise(done => setTimeout(done, 200))"); }

}  // namespace

TEST_CASE("a run that is opened is read, however long the one before it took", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  open_studies(*browser, served);
  hold(*browser, "/api/run?id=1", "new Promise(done => setTimeout(done, 600))");
  browser->value("location.hash = '#view=run&id=1'");
  CHECK(browser->becomes("document.querySelector('#run-title').textContent === 'Run 1 done'"));
  hold(*browser, "/api/run?id=3");
  browser->value("location.hash = '#view=run&id=3'");
  CHECK(browser->becomes("asked.includes('/api/run?id=3')"));
  CHECK(browser->value("getComputedStyle(document.querySelector('#run')).visibility") == "hidden");
  let_go(*browser);
  CHECK(browser->becomes("document.querySelector('#run-title').textContent === 'Run 3 done'"));
  CHECK(browser->value("getComputedStyle(document.querySelector('#run')).visibility") == "visible");
  CHECK(browser->value("document.title") == "Run 3 · ablate");
}

TEST_CASE("the answer to an earlier address is dropped, however late it comes", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  open_studies(*browser, served);
  hold(*browser, "/api/runs?where=seed");
  browser->value("location.hash = '#view=studies&where=seed+%3D+1'");
  CHECK(browser->becomes("asked.some(one => one.startsWith('/api/runs?where=seed'))"));
  browser->value("location.hash = '#view=studies'");
  CHECK(browser->becomes("live.state.entered"));
  let_go(*browser);
  CHECK(browser->value("document.querySelector('#runs-part').hidden") == true);
  CHECK(browser->value("document.querySelector('#study-list').textContent.includes('matching')") == false);

  hold(*browser, "/api/compare?a=1");
  browser->value("location.hash = '#view=compare&study=1&a=1&b=2'");
  CHECK(browser->becomes("asked.some(one => one.startsWith('/api/compare?a=1'))"));
  browser->value("location.hash = '#view=compare&study=1&a=2&b=1'");
  CHECK(browser->becomes("document.querySelectorAll('#compared table').length > 0"));
  let_go(*browser);
  CHECK(browser->value("['a', 'b'].map(one => document.querySelector(`#compare-${one}`).value)") ==
        Json{"2", "1"});
  CHECK(browser->value("document.querySelector('#compared tbody tr').textContent.indexOf('projection') < "
                       "document.querySelector('#compared tbody tr').textContent.indexOf('none')") == true);
  CHECK(browser->faults() == std::vector<std::string>());
}

TEST_CASE("to choose what to compare, and a tab that is opened in the background, are no looks",
          "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const Small small;
  small.run();
  execute(small.database, "DELETE FROM look");
  const auto looks = [&] { return Reader(small.database).looks(1).size(); };
  const ServedPage served(small.database);
  browser->open(served.page.address() + "#view=compare");
  CHECK(browser->becomes("document.querySelectorAll('#compare-b option').length === 2"));
  CHECK(browser->value("['a', 'b'].map(one => document.querySelector(`#compare-${one}`).value)") ==
        Json{"1", "2"});
  CHECK(looks() == 0);
  hold(*browser, "none");
  browser->value(
      "Object.defineProperty(document, 'hidden', {configurable: true, value: true}); location.hash = '#view=study&id=1'");
  browser->value("new Promise(done => setTimeout(done, 200))");
  CHECK(browser->value("asked") == Json::array());
  browser->value("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
  CHECK(browser->becomes("document.querySelector('#variant-table tbody tr') !== null"));
  CHECK(looks() == 1);
}

TEST_CASE("the way to the content leaves the address as it is, and an unknown address shows the studies",
          "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address() + "#view=study&id=1");
  CHECK(browser->becomes("document.querySelector('#variant-table tbody tr') !== null"));
  browser->value("document.querySelector('.skip').click()");
  CHECK(browser->value("[location.hash, document.activeElement.id]") == Json{"#view=study&id=1", "main"});
  for (const char* unknown : {"#main", "#view=study", "#view=run&id=abc", "#view=__proto__"}) {
    CAPTURE(unknown);
    browser->open(served.page.address() + unknown);
    CHECK(browser->becomes("document.querySelectorAll('#study-list tbody tr').length === 1"));
    CHECK(browser->value("document.querySelector('#studies').hidden") == false);
    CHECK(
        browser->value(
            "performance.getEntriesByType('resource').map(one => one.name.replace(/^.*[/]api[/]/, 'api/')).filter(one => "
            "one.startsWith('api/'))") == Json{"api/changes?since=", "api/studies"});
  }
  CHECK(browser->faults() == std::vector<std::string>());
}

TEST_CASE("what is redrawn keeps the focus where it is, and a link that is followed leads to the heading",
          "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const Small small;
  small.run();
  const ServedPage served(small.database);
  open_studies(*browser, served);
  browser->value("document.querySelector('#study-list tbody a').focus()");
  execute(small.database, "UPDATE run SET status = 'failed' WHERE id = 4");
  CHECK(browser->becomes(
      "live.tick(), document.querySelector('#study-list tbody td:last-child').textContent === '1'"));
  CHECK(browser->value("document.activeElement.textContent") == "small");
  browser->value("document.activeElement.click()");
  CHECK(browser->becomes("document.activeElement.id === 'study-title'"));

  const std::string failed = "document.querySelectorAll('#fault-list li').length";
  CHECK(browser->becomes(failed + " === 1"));
  browser->value("document.querySelector('#fault-list a').focus()");
  execute(small.database, "UPDATE run SET status = 'failed' WHERE id = 3");
  CHECK(browser->becomes("live.tick(), " + failed + " === 2"));
  CHECK(browser->value("document.activeElement.getAttribute('href')") == "#view=run&id=4");
  browser->value("document.querySelector('#variant-table thead button').focus()");
  browser->value("window.old = document.querySelector('#variant-table table'); 0");
  execute(small.database, "UPDATE run SET status = 'done' WHERE id = 3");
  CHECK(browser->becomes("live.tick(), document.querySelector('#variant-table table') !== old"));
  CHECK(browser->value("document.activeElement.closest('#variant-table') !== null") == true);

  browser->value("location.hash = '#view=studies&study=1'");
  CHECK(browser->becomes("document.querySelector('#run-list thead button') !== null"));
  browser->value(
      "(button => { button.focus(); button.click(); })(document.querySelectorAll('#run-list thead button')[2])");
  CHECK(browser->becomes("document.querySelector('#run-list thead [aria-sort=ascending]') !== null"));
  CHECK(browser->value("document.activeElement === document.querySelectorAll('#run-list thead button')[2]") ==
        true);
  CHECK(browser->faults() == std::vector<std::string>());
}

TEST_CASE("a long answer is read, and what goes wrong in the page is not said of the server", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  open_studies(*browser, served);
  browser->value(R"(window.through = fetch; window.fetch = async (...all) => {
    const answer = await through(...all);
    if (!all[0].startsWith('/api/run?')) return answer;
    const body = await answer.json();
    body.tables.push({title: 'long', html: `<p>${'x\\'.repeat(6e6)}</p><p>"12345678901234567890"</p>`});
    return new Response(JSON.stringify(body).replace('"seed":1', '"seed":12345678901234567890'));
  }; true)");
  browser->value("location.hash = '#view=run&id=1'");
  CHECK(browser->becomes("document.querySelector('#run-title').textContent === 'Run 1 done'"));
  CHECK(browser->value(
            "document.querySelector('#run-facts').textContent.endsWith('seed 12345678901234567890')") ==
        true);
  CHECK(
      browser->value("document.querySelector('#run-tables section:last-child .scroll').textContent.length") ==
      12'000'022);
  browser->value(
      "live.views.run.open = () => { throw new TypeError('of its own'); }; location.hash = '#view=run&id=2'");
  CHECK(browser->becomes(
      "document.querySelector('#fault').textContent === 'this page failed, not the server: of its own'"));
  CHECK(browser->value("document.querySelector('#state').textContent") ==
        "this page failed, not the server: of its own");
}

TEST_CASE(
    "what does not follow a sweep says as of when it is, and of results that cannot be read nothing stays",
    "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const Small small;
  small.run();
  execute(small.database, "DELETE FROM look");
  const ServedPage served(small.database);
  const std::string of = "document.querySelector('#compare-of').textContent",
                    state = "document.querySelector('#state').textContent";
  browser->open(served.page.address() + "#view=compare&study=1&a=1&b=2");
  CHECK(browser->becomes("/^As of [0-9:]{8}[.]$/.test(" + of + ")"));
  CHECK(browser->becomes(state + " === 'no sweep is running'"));
  browser->value("live.tick().then(() => 0)");
  CHECK(browser->value(of + ".includes('since')") == false);  // the look that this recorded is no news
  execute(small.database, "UPDATE run SET ended_at = '2031-01-01T00:00:00.000Z' WHERE id = 4");
  CHECK(browser->becomes("live.tick(), " + of +
                         ".endsWith('The results have changed since: “Compare” asks again.')"));
  browser->value("document.querySelector('#compare-form').requestSubmit()");
  CHECK(browser->becomes("/^As of [0-9:]{8}[.]$/.test(" + of + ")"));

  browser->value("location.hash = '#view=study&id=1'");
  CHECK(browser->becomes(state + " === 'up to date' && !document.querySelector('#study').hidden"));
  std::filesystem::rename(small.database, small.database + ".away");
  CHECK(browser->becomes("live.tick(), " + state + " === 'the results cannot be read'"));
  CHECK(browser->value("document.querySelector('#study').hidden") == true);
  std::filesystem::rename(small.database + ".away", small.database);
  CHECK(browser->becomes("live.tick(), " + state +
                         " === 'up to date' && !document.querySelector('#study').hidden"));
  execute(small.database, "UPDATE study SET id = 7");
  CHECK(browser->becomes("live.tick(), " + state + " === 'there is no study with the number 1'"));
  CHECK(browser->value("document.querySelector('#study').hidden") == true);
  execute(small.database, "UPDATE study SET id = 1");
  CHECK(browser->becomes("live.tick(), " + state +
                         " === 'up to date' && !document.querySelector('#study').hidden"));
  browser->value("window.fetch = () => Promise.reject(new TypeError('gone')); live.tick()");
  CHECK(browser->becomes("/ended[?] What stands here is of [0-9:]{8}[.]$/.test(" + state + ")"));
}

TEST_CASE("the printed address with its token may be a link of another site, and leaves no token behind",
          "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const LivePage page(live_sources(trained().database), {.host = "0.0.0.0", .port = 0});
  const std::string& whole = page.address();
  const std::string token = whole.substr(whole.find("/?"));
  const std::string port =
      whole.substr(whole.rfind(':', whole.find("/?")), whole.find("/?") - whole.rfind(':', whole.find("/?")));
  const ServedPage other(
      trained().database);  // as 127.0.0.1, which to a browser is another site than localhost
  browser->open("http://localhost:" + std::to_string(other.port) + "/");
  browser->value(fmt::format(
      "(link => {{ link.href = 'http://127.0.0.1{}{}'; document.body.append(link); link.click(); }})(document.createElement('a'))",
      port, token));
  const std::string shown =
      "location.hostname === '127.0.0.1' && document.querySelectorAll('#study-list tbody tr').length === 1";
  CHECK(browser->becomes(shown));
  CHECK(browser->value("location.href") == "http://127.0.0.1" + port + "/");
  CHECK(browser->value("document.cookie") == "");
  browser->reload();
  CHECK(browser->becomes(shown));
}

TEST_CASE("the runs of one study are said to be its own, and which part of many they are", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const Small small;
  small.run();
  execute(small.database,
          "WITH RECURSIVE all_of(seed) AS (SELECT 10 UNION ALL SELECT seed + 1 FROM all_of WHERE seed < 259) "
          "INSERT INTO run(uuid, study_id, variant_id, seed) SELECT 'u' || seed, 1, 1, seed FROM all_of");
  const ServedPage served(small.database);
  const std::string note = "document.querySelector('#runs-note').textContent";
  browser->open(served.page.address() + "#view=studies&study=1");
  CHECK(browser->becomes("document.querySelector('#runs-title').textContent === 'Runs of small'"));
  CHECK(browser->value("document.querySelector('#where-label').textContent") == "Runs of small where");
  CHECK(browser->becomes(note + ".startsWith('200 of 254 runs, those planned last;')"));
  CHECK(browser->value("document.querySelector('#run-list tbody tr:last-child a').textContent") == "254");
  browser->value("document.querySelector('#clear').click()");
  CHECK(browser->becomes("document.querySelector('#where-label').textContent === 'Runs where'"));
  browser->value("location.hash = '#view=studies&sort=run'");
  CHECK(browser->becomes(note + ".startsWith('200 of 254 runs, the first in this order;')"));
}

TEST_CASE("an archived study is found in a list of its own, says that it is one, and has its runs",
          "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const Small small;
  small.run();
  const ServedPage served(small.database);
  open_studies(*browser, served);
  CHECK(browser->value("document.querySelector('#archived').hidden") == true);
  execute(small.database, "UPDATE study SET archived = 1");
  CHECK(browser->becomes("live.tick(), document.querySelector('#archived a')?.textContent === 'small'"));
  CHECK(browser->value("document.querySelectorAll('#study-list tbody tr').length") == 0);
  browser->value("document.querySelector('#archived a').click()");
  CHECK(browser->becomes("document.querySelector('#study-title').textContent === 'small archived'"));
  browser->value("document.querySelector('#to-runs').click()");
  CHECK(browser->becomes("document.querySelectorAll('#run-list tbody tr').length === 4"));
  CHECK(browser->becomes("document.querySelectorAll('#study-list tbody tr').length === 1"));
  CHECK(browser->faults() == std::vector<std::string>());
}

TEST_CASE("the colours that were chosen are there again after a reload", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address());
  const std::string shown =
      "[document.documentElement.dataset.theme ?? '', document.querySelector('#theme').textContent]";
  CHECK(browser->value(shown) == Json{"", "Dark"});
  browser->value("document.querySelector('#theme').click()");
  browser->reload();
  CHECK(browser->value(shown) == Json{"dark", "Light"});
  browser->value("document.querySelector('#theme').click()");
  browser->reload();
  CHECK(browser->value(shown) == Json{"light", "Dark"});
}

TEST_CASE("no end is promised while runs wait of which nobody knows whether they go on", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address());
  browser->value(
      "window.told = (counts, left) => live.fillBar(document.createElement('div'), counts, left); 0");
  CHECK(browser->value("told({running: 1, waiting: 5}, 0)") == "6 runs · 1 running · 5 left");
  CHECK(browser->value("told({running: 1}, 0)") == "1 run · 1 running · about 0 s left");
  CHECK(browser->value("told({running: 1, waiting: 5}, 30)") ==
        "6 runs · 1 running · 5 left · about 30 s left");
}

TEST_CASE("runs whose metric is on test alone are said to have no curve", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const ServedPage served(trained().database);
  browser->open(served.page.address() + "#view=study&id=1");
  CHECK(browser->becomes("document.querySelector('#variant-table tbody tr') !== null"));
  const auto caption = [&](const std::string& run) {
    return browser->value(
        "live.views.study.news({study: {counts: {running: 1}, seconds_left: null, elsewhere: '', faults: [], "
        "answer: '', running: [{id: 1, variant: 'v', seed: 1, of: 9, attempt: 'a', " +
        run + "}]}}), document.querySelector('#curves-caption').textContent");
  };
  CHECK(caption("epoch: 2, split: '', points: []") ==
        "accuracy has no value on validation or train, so there is no curve while they are trained.");
  CHECK(caption("epoch: 0, split: '', points: []") == "");
  CHECK(caption("epoch: 2") == "");  // hidden
}
