#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/live_sources.hpp"
#include "cli/small_study.hpp"
#include "serve/live_browser.hpp"
#include "serve/live_data.hpp"
#include "serve/live_page.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// The trained study, of which an answer rests for as long as a test may take.
struct RestingStudy {
  TemporaryFolder folder;
  std::filesystem::path database = folder / "copy.db";

  RestingStudy() { std::filesystem::copy_file(trained().database, database); }
  LiveSources sources() const {
    LiveSources all = live_sources(database);
    all.rest_per_cost = 1'000'000;
    return all;
  }
  void set(const std::string& columns, int run) const {
    execute(database, "UPDATE run SET " + columns + " WHERE id = " + std::to_string(run));
  }
};

nlohmann::json answer_of(LiveData& page) {
  WebRequest request;
  request.parameters.emplace("id", "1");
  return nlohmann::json::parse(page.study(request).body);
}

constexpr const char* at_work = "status = 'running', worker = 'another machine', lease_until = 1e12";

}  // namespace

TEST_CASE("beside a sweep an answer rests after it was made, and says for how long") {
  const RestingStudy resting;
  resting.set(at_work, 4);
  LiveData page(resting.sources());
  const nlohmann::json first = answer_of(page);
  CHECK(first["done"] == 3);
  CHECK(first["rests"] > 100.0);
  resting.set("status = 'failed'", 3);
  const nlohmann::json second = answer_of(page);
  CHECK(second["done"] == 3);
  CHECK(second["answer"] == first["answer"]);
  CHECK(second["rests"] <= first["rests"]);
}

TEST_CASE("once nothing runs any more, an answer of before does not stay for its rest") {
  const RestingStudy resting;
  resting.set(at_work, 4);
  LiveData page(resting.sources());
  CHECK(answer_of(page)["done"] == 3);
  resting.set("status = 'done', lease_until = NULL", 4);
  CHECK(answer_of(page)["done"] == 4);
}

TEST_CASE("while an answer rests, the page asks for no other and says of which runs it is", "[browser]") {
  const auto browser = started_browser();
  if (!browser) return;
  const RestingStudy resting;
  resting.set(at_work, 4);
  const LivePage page(resting.sources(), {.port = 0});
  browser->open(page.address() + "#view=study&id=1");
  CHECK(browser->becomes("document.querySelector('#progress-text').textContent.includes('1 running')"));
  CHECK(browser->value("document.querySelector('#progress-text').textContent.includes('the answer is')") ==
        false);
  resting.set("status = 'diverged'", 3);
  CHECK(browser->becomes(
      "document.querySelector('#progress-text').textContent.includes(' · the answer is of 3 done, the next in ')"));
  CHECK(browser->value(
            "performance.getEntriesByType('resource').filter(one => one.name.includes('/api/study?'))."
            "length") == 1);
  resting.set("status = 'done', lease_until = NULL", 4);
  CHECK(browser->becomes("document.querySelector('#chips').textContent.includes('1 diverged')"));
  CHECK(browser->value("document.querySelector('#progress-text').textContent") ==
        "4 runs · 3 done · 1 diverged");
  CHECK(browser->faults() == std::vector<std::string>());
}
