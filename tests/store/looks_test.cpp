#include "store/looks.hpp"

#include <atomic>

#include <catch2/catch.hpp>

#include "store/merge_support.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"
#include "store/trained.hpp"
#include "support/as_nobody.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

const LookRecord six = {
    .command = "report", .metric = "test.accuracy", .seeds = 6, .runs = 12, .variants = 2};

std::vector<LookRecord> looks(const std::filesystem::path& file) {
  const Reader reader(file);
  return reader.looks(reader.study("s").id);
}

}  // namespace

TEST_CASE("a look is on record once for each state of the results", "[looks]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {});
  for (int i = 0; i < 2; ++i) CHECK(record_look(file, 1, six).empty());
  LookRecord later = six;
  later.runs = 13;
  CHECK(record_look(file, 1, later).empty());
  LookRecord planned = six;
  planned.looks_in_plan = "6, 8";
  CHECK(record_look(file, 1, planned).empty());
  const auto all = looks(file);
  REQUIRE(all.size() == 3);
  CHECK(all[0].command == "report");
  CHECK(all[0].seeds == 6);
  CHECK(all[0].looked_at.starts_with("20"));
  CHECK(all[2].looks_in_plan == "6, 8");
}

TEST_CASE("a look at a file that cannot be written is refused by why, and nothing is thrown", "[looks]") {
  const Folder folder;
  CHECK_THAT(record_look(folder / "none.db", 1, six), Contains("no results file"));
  const auto file = folder / "a.db";
  train(file, {});
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(file, std::filesystem::perms(0444));
  {
    const AsNobody nobody;
    CHECK_THAT(record_look(file, 1, six), Contains("a.db"));
  }
  CHECK(looks(file).empty());
}

TEST_CASE("a plan that sets results aside is on record, one that grows the study is not", "[looks]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {});
  {
    Store store(file);
    store.plan(study_named("s"),
               {variant_named("a", "data:\n  x: 1\n# a"), variant_named("b", "data:\n  x: 1\n# b")},
               {1, 2, 3});
    CHECK(looks(file).empty());
    store.plan(study_named("s"), {variant_named("a", "data:\n  x: 1\n# a")}, {1},
               {.replan = true, .metric = "test.accuracy"});
  }
  const auto all = looks(file);
  REQUIRE(all.size() == 1);
  CHECK(all[0].command == "replan");
  CHECK(all[0].runs == 4);
  CHECK(all[0].seeds == 2);
  CHECK(all[0].metric == "test.accuracy");
}

TEST_CASE("looks of both files are put together, once", "[looks]") {
  const Folder folder;
  const auto file = folder / "a.db", other = folder / "b.db";
  train(file, {.seeds = {1}});
  train(other, {.seeds = {2}});
  record_look(file, 1, six);
  LookRecord eight = six;
  eight.seeds = 8;
  record_look(other, 1, eight);
  const std::atomic<bool> go_on = false;
  for (int i = 0; i < 2; ++i) merge_files({other}, file, {}, go_on);
  const auto all = looks(file);
  REQUIRE(all.size() == 2);
  CHECK(all[0].seeds + all[1].seeds == 14);
}

TEST_CASE("a variant can be planned under fewer of the seeds, and keeps those when planned again",
          "[looks]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  Store::PlanOptions options;
  options.only_seeds = {{"b", {1, 2}}};
  for (int i = 0; i < 2; ++i)
    store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1, 2, 3}, options);
  CHECK(
      rows(file, "SELECT variant.name || seed FROM run JOIN variant ON variant.id = variant_id ORDER BY 1") ==
      std::vector<std::string>{"a1", "a2", "a3", "b1", "b2"});
  CHECK(row(file, "SELECT count(*) FROM run WHERE obsolete") == "0");
}
