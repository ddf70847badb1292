#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/live_sources.hpp"
#include "runner/cluster/cluster_support.hpp"
#include "serve/live_data.hpp"
#include "support/home.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("the live page tells where runs are that were sent to other machines, also where the file rests") {
  Elsewhere there;
  there.files = WorkFiles(there.folder / "small");
  const auto send = there.send(three_a_task());
  LiveSources sources = live_sources(there.database, false, there.folder.text());
  sources.elsewhere_seconds = 0.0;
  LiveData page(std::move(sources));
  WebRequest request;
  request.parameters.emplace("study", "1");
  const WebAnswer first = page.changes(request);
  CHECK_THAT(first.body,
             Contains("\"elsewhere\":\"sent: 4 runs: 0 running in 0 tasks, 0 waiting, 0 ended and "
                      "not collected, 4 without a task (4 wait for `ablate work`)\""));
  request.parameters.emplace("since", nlohmann::json::parse(first.body)["cursor"].get<std::string>());
  CHECK(page.changes(request).status == 304);
  there.work(send->file, 0);
  CHECK_THAT(page.changes(request).body, Contains("3 ended and not collected, 1 without a task"));
}
