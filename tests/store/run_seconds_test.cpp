#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/worker_name.hpp"
#include "store/claim_support.hpp"
#include "store/named_queries.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a run's seconds are those of a steady clock, summed over its attempts", "[store]") {
  const Folder folder;
  double now = 1e6, steady = 5.0;
  StoreOptions options;
  options.clock = [&] { return now; };
  options.steady = [&] { return steady; };
  Store store(folder / "a.db", options);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const std::vector<std::uint8_t> state = {1, 2, 3};
  const std::vector<float> weights = {0.5f};
  const auto begin = [&] {
    return store.claim(id, {.worker = "b", .lease_seconds = 60, .program_sha256 = "1.0"});
  };
  const auto run = begin();
  Store::Provenance provenance;
  provenance.program_sha256 = "1.0";
  store.set_provenance(run->id, provenance);
  steady += 10.0;
  EpochRecord epoch = epoch_of(1, 0.5);
  epoch.checkpoint = state;
  epoch.weights = weights;
  store.add_epoch(run->id, epoch, 60.0);
  steady += 1.0;
  store.finish(run->id, ended(RunStatus::interrupted));
  now -= 5000.0;     // somebody sets the clock back
  steady += 1000.0;  // and lets it wait
  REQUIRE(begin()->epochs_done == 1);
  steady += 4.0;
  store.finish(run->id, {});
  CHECK(row(folder / "a.db", "SELECT seconds FROM run") == "15");
  CHECK(row(folder / "a.db", "SELECT seconds FROM results") == "15");
  CHECK(Reader(folder / "a.db").run("1").course.seconds == 15.0);
}

TEST_CASE("of a run by an older program the seconds are those between its moments, if they can be",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1}); }
  execute(
      file,
      "UPDATE run SET started_at = '2026-01-01T00:00:10.000Z', ended_at = iif(id = 1, '2026-01-01T00:00:12.500Z', "
      "'2026-01-01T00:00:00.000Z')");
  CHECK(rows(file, "SELECT seconds FROM results ORDER BY run_id") == std::vector<std::string>{"2.5", ""});
}

TEST_CASE("a run whose worker is gone is told as interrupted wherever its status is shown", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  const auto dead = fmt::format("{}1", worker_name());  // of this host; no process of that number began then
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  store.claim(id, {.worker = dead, .lease_seconds = 1e6});
  store.claim(id, {.worker = worker_name(), .lease_seconds = -100.0});  // late, but alive
  const Reader reader(file);
  CHECK(reader.runs(id)[0].status == RunStatus::interrupted);
  CHECK(reader.runs(id)[1].status == RunStatus::running);
  const auto counts = reader.counts("s");
  CHECK(counts->interrupted == 1);
  CHECK(counts->running == 1);
  CHECK(reader.counts()[0].interrupted == 1);
  const auto& query = find_named_query("unfinished");
  std::vector<std::vector<Value>> found;
  QuerySink sink;
  sink.row = [&](const std::vector<Value>& values) { found.push_back(values); };
  run_query(file, query.sql, {}, sink, {{"study", Value(std::string("%"))}});
  REQUIRE(found.size() == 1);
  CHECK(to_string(found[0][3]) == "1");  // running
  CHECK(to_string(found[0][4]) == "1");  // interrupted
}
