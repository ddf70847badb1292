#include "serve/progress_data.hpp"

#include <catch2/catch.hpp>

#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Json = nlohmann::ordered_json;

namespace {

/// Two variants with three seeds each.
struct Planned {
  Folder folder;
  std::filesystem::path database = folder / "a.db";
  Store store{database};
  std::int64_t study = store.plan(study_named("s"), {variant_named("v"), variant_named("w")},
                                  std::vector<std::int64_t>{1, 2, 3});

  void end_one(RunStatus status) { store.finish(claim(store, study).value().id, {.status = status}); }
  Json progress() const { return study_progress(Reader(database), study, {}, {}); }
  std::string state() const { return answer_state(Reader(database), study); }
};

}  // namespace

TEST_CASE("the time that is left of a sweep is told by what finished runs of each variant took") {
  const std::map<std::int64_t, VariantStanding> variants = {{1, {1, 20.0, 0, 10}}, {2, {2, 120.0, 1, 10}}};
  const std::vector<UnderWay> under_way = {{1, 5, 1000.0},  // half of 20 s, however long it took so far
                                           {2, 0, 0.0}};
  CHECK(seconds_left(variants, under_way) == (10.0 + 60.0 + 60.0) / 2);
  CHECK(seconds_left({{1, {1, 20.0, 0, 10}}, {3, {0, 0.0, 2, 10}}}, {{3, 0, 0.0}}) == 20.0 * 2 + 20.0);
}

TEST_CASE("until a first run is done, the time that is left is told by how far one under way has come") {
  const std::map<std::int64_t, VariantStanding> variants = {{1, {0, 0.0, 1, 10}}};
  CHECK(seconds_left(variants, {{1, 5, 30.0}}) == 30.0 + 60.0);
  CHECK_FALSE(seconds_left(variants, {{1, 0, 1.0}}));
  CHECK_FALSE(seconds_left({{1, {1, 30.0, 1, 10}}}, {}));  // nobody is at work
}

TEST_CASE("a study's counts are of its newest plan, and a run that nobody is at work on is interrupted") {
  Planned planned;
  planned.end_one(RunStatus::done);
  planned.end_one(RunStatus::failed);
  const std::int64_t under_way = claim(planned.store, planned.study).value().id;
  CHECK(planned.progress()["counts"] == Json{{"done", 1}, {"failed", 1}, {"planned", 3}, {"running", 1}});
  CHECK(planned.progress()["running"].size() == 1);
  execute(planned.database, "UPDATE run SET worker = 'another machine', lease_until = 1 WHERE id = " +
                                std::to_string(under_way));
  execute(planned.database, "UPDATE run SET obsolete = 1 WHERE id = (SELECT max(id) FROM run)");
  CHECK(planned.progress()["counts"] == Json{{"done", 1}, {"failed", 1}, {"interrupted", 1}, {"planned", 2}});
  CHECK(planned.progress()["running"].empty());
}

TEST_CASE("the time that is left counts the runs that wait, and those that were left") {
  Planned planned;
  planned.end_one(RunStatus::done);
  execute(planned.database, "UPDATE run SET seconds = 8.0 WHERE status = 'done'");
  claim(planned.store, planned.study);
  CHECK(planned.progress()["seconds_left"] == 5 * 8);
  const std::int64_t left = claim(planned.store, planned.study).value().id;
  CHECK(planned.progress()["seconds_left"] == 5 * 8 / 2);  // two at a time
  execute(planned.database,
          "UPDATE run SET worker = 'another machine', lease_until = 1 WHERE id = " + std::to_string(left));
  CHECK(planned.progress()["seconds_left"] == 5 * 8);
}

TEST_CASE("an answer may be another once a run has ended, or ended again, and not when one begins") {
  Planned planned;
  const std::string at_first = planned.state();
  const std::int64_t id = claim(planned.store, planned.study).value().id;
  CHECK(planned.state() == at_first);
  planned.store.finish(id, {.status = RunStatus::failed});
  const std::string failed = planned.state();
  CHECK(failed != at_first);
  execute(planned.database, "UPDATE run SET ended_at = '2099-01-01T00:00:00Z' WHERE status = 'failed'");
  CHECK(planned.state() != failed);
  const std::string again = planned.state();
  execute(planned.database, "UPDATE run SET obsolete = 1 WHERE id = (SELECT max(id) FROM run)");
  CHECK(planned.state() != again);
}
