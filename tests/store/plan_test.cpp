#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/numbers_version.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

std::vector<std::string> runs_in(const std::filesystem::path& file) {
  return rows(
      file,
      "SELECT variant.name, seed FROM run JOIN variant ON variant.id = variant_id ORDER BY position, seed");
}

}  // namespace

TEST_CASE("a plan makes one planned run of each variant under each seed", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store(file).plan(study_named("s"), {variant_named("a"), variant_named("b")}, {3, 1});
  CHECK(runs_in(file) == std::vector<std::string>{"a|1", "a|3", "b|1", "b|3"});
  CHECK(row(file, "SELECT count(*) FROM run WHERE status = 'planned' AND attempt = 0") == "4");
  CHECK(row(file, "SELECT count(DISTINCT uuid) FROM run WHERE length(uuid) = 36") == "4");
}

TEST_CASE("planning the same again changes nothing", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto plan = [&] {
    return store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1, 2});
  };
  const auto all = [&] {
    return rows(file, "SELECT * FROM run JOIN variant ON variant.id = variant_id JOIN study ON 1");
  };
  const std::int64_t id = plan();
  const auto before = all();
  CHECK(plan() == id);
  CHECK(all() == before);
}

TEST_CASE("a study grows by variants and seeds and keeps its runs", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  StudyRecord study = study_named("s");
  const std::int64_t id = store.plan(study, {variant_named("a")}, {1});
  const std::string uuid = row(file, "SELECT uuid FROM run");
  study.plan_sha256 = std::string("grown");
  CHECK(store.plan(study, {variant_named("new"), variant_named("a")}, {1, 2}) == id);
  CHECK(runs_in(file) == std::vector<std::string>{"new|1", "new|2", "a|1", "a|2"});
  CHECK(row(file, fmt::format("SELECT count(*) FROM run WHERE uuid = '{}'", uuid)) == "1");
  CHECK(Reader(file).study("s").plan_sha256 == "grown");
}

TEST_CASE("a change that would set results aside is refused with what changed, and nothing is written",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(
      study_named("s"), {variant_named("a"), variant_named("b", "dropout: 0.1"), variant_named("c")}, {1, 2});
  store.finish(claim(store, id)->id, {});
  const auto before = runs_in(file);
  const std::string message = refusal([&] {
    store.plan(study_named("s"),
               {variant_named("new"), variant_named("b", "dropout: 0.2"), variant_named("c")}, {2, 3});
  });
  for (const char* part :
       {"+ variant 'new'", "~ variant 'b': dropout: 0.1 -> dropout: 0.2",
        "- variant 'a' (1 of its runs were begun)", "+ seed 3", "- seed 1", "try: --replan", "--db"}) {
    CHECK_THAT(message, Catch::Contains(part));
  }
  CHECK_THAT(message, !Catch::Contains("'c'"));
  CHECK(runs_in(file) == before);
}

TEST_CASE("a study with results grows by variants and seeds without a flag, and loses what was never begun",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a"), variant_named("later", "one")}, {1});
  const auto run = claim(store, id);
  REQUIRE(run->variant == "a");
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  store.finish(run->id, {});
  store.plan(study_named("s"), {variant_named("a"), variant_named("later", "two"), variant_named("new")},
             {1, 2});
  CHECK(row(file, "SELECT count(*), sum(status = 'done'), sum(obsolete) FROM run") == "6|1|0");
  CHECK(row(file, "SELECT config FROM variant WHERE name = 'later'") == "two");
  store.plan(study_named("s"), {variant_named("a"), variant_named("new")}, {1});
  CHECK(row(file, "SELECT count(*), sum(status = 'done') FROM run WHERE NOT obsolete") == "2|1");
  CHECK_THROWS_AS(store.plan(study_named("s"), {variant_named("new")}, {1}), RequestError);
  CHECK_THROWS_AS(store.plan(study_named("s"), {variant_named("a"), variant_named("new")}, {2}),
                  RequestError);
}

TEST_CASE("before its first run a study may change as it likes", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
  store.plan(study_named("s"), {variant_named("b", "other")}, {1});
  CHECK(row(file, "SELECT config FROM variant WHERE name = 'b'") == "other");
  CHECK(
      rows(file, "SELECT variant.name FROM run JOIN variant ON variant.id = variant_id WHERE NOT obsolete") ==
      std::vector<std::string>{"b"});
}

TEST_CASE("planned anew, what is gone is set aside with its results and what comes back is taken up",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a"), variant_named("b", "old")}, {1});
  for (const double accuracy : {0.5, 0.6}) {
    const auto run = claim(store, id);
    store.add_epoch(run->id, epoch_of(1, accuracy), 60.0);
    store.finish(run->id, {});
  }
  const Store::PlanOptions replan{.replan = true};
  store.plan(study_named("s"), {variant_named("b", "new")}, {1}, replan);
  const char* const all =
      "SELECT variant.name, run.status, run.obsolete, epochs_done FROM run "
      "JOIN variant ON variant.id = variant_id ORDER BY run.id";
  CHECK(rows(file, all) == std::vector<std::string>{"a|done|1|1", "b (before 1)|done|1|1", "b|planned|0|0"});
  store.plan(study_named("s"), {variant_named("a"), variant_named("b", "new")}, {1}, replan);
  CHECK(rows(file, all) == std::vector<std::string>{"a|done|0|1", "b (before 1)|done|1|1", "b|planned|0|0"});
  CHECK(claim(store, id)->variant == "b");
}

TEST_CASE(
    "finished runs of another arithmetic stop a plan; planned anew, they are set aside with their results",
    "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto plan = [&](const Store::PlanOptions& options = {}) {
    return store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1}, options);
  };
  const auto id = plan();
  const auto run = claim(store, id);
  Store::Provenance provenance;
  provenance.code_version = "0.1.0";
  store.set_provenance(run->id, provenance);
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  store.finish(run->id, {});
  CHECK(row(file, "SELECT numbers FROM run WHERE id = 1") == std::to_string(numbers_version));
  CHECK(plan() == id);
  execute(file, "UPDATE run SET numbers = NULL");  // as a program that did not know of it would
  CHECK_THAT(refusal([&] { plan(); }),
             Catch::Contains("1 finished runs are of numbers version 1, this program computes version 2") &&
                 Catch::Contains("--replan") && Catch::Contains("--db"));
  plan({.replan = true});
  CHECK(rows(file,
             "SELECT variant.name, run.status, run.obsolete FROM run JOIN variant ON variant.id = variant_id "
             "ORDER BY run.id") ==
        std::vector<std::string>{"a (before 1)|done|1", "b|planned|0", "a|planned|0"});
  CHECK(plan() == id);
}

TEST_CASE("a plan that has grown stays where others plan fewer seeds of the same file and say so",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto plan = [&](std::vector<std::int64_t> seeds, const std::string& x, bool keep_larger) {
    return store.plan(study_named("s"), {variant_named("a", x), variant_named("b")}, seeds,
                      {.keep_larger = keep_larger});
  };
  const std::string same = "data:\n  x: 1\n";
  const std::int64_t id = plan({1, 2, 3}, same, true);
  CHECK(plan({1, 2}, same, true) == id);
  const std::string present = "SELECT count(*) FROM run WHERE NOT obsolete";
  CHECK(row(file, present) == "6");
  plan({1, 2, 3, 4}, same, true);
  CHECK(row(file, present) == "8");
  plan({1, 5}, same, true);
  CHECK(row(file, present) == "4");
  plan({1}, "data:\n  x: 2\n", true);
  CHECK(row(file, present) == "2");
  plan({1, 2}, same, true);
  plan({1}, same, false);
  CHECK(row(file, present) == "2");
}

TEST_CASE("another study may use the same variant names with other settings", "[store]") {
  Store store(":memory:");
  const auto one = store.plan(study_named("one"), {variant_named("a")}, {1});
  CHECK(store.plan(study_named("two"), {variant_named("a", "other")}, {1}) != one);
}

TEST_CASE("runs that the newest plan lacks are obsolete, and nobody claims them", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"),
                             {variant_named("begun"), variant_named("never"), variant_named("kept")}, {1, 2});
  const auto run = claim(store, id);
  REQUIRE(run->variant == "begun");
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  store.finish(run->id, {});
  store.plan(study_named("s"), {variant_named("kept")}, {2}, {.replan = true});
  CHECK(row(file, "SELECT count(*), sum(obsolete) FROM run") == "6|5");
  CHECK(Reader(file).run_curves(run->id).size() == 3);
  CHECK(Reader(file).counts().front().obsolete == 5);
  CHECK(claim(store, id)->variant == "kept");
  CHECK_FALSE(claim(store, id));
}

TEST_CASE("factors keep their order and their types", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  VariantRecord variant = variant_named("a");
  variant.factors = {{"model.skip", std::string("none")},
                     {"model.hidden", std::int64_t{256}},
                     {"model.dropout", 0.1},
                     {"training.early_stopping", std::monostate()}};
  const auto id = Store(file).plan(study_named("s"), {variant}, {1});
  const auto factors = Reader(file).variants(id).front().factors;
  REQUIRE(factors.size() == 4);
  for (std::size_t i = 0; i < factors.size(); ++i) {
    CHECK(factors[i].key == variant.factors[i].key);
    CHECK(factors[i].value == variant.factors[i].value);
  }
  CHECK(row(file, "SELECT factors FROM results") ==
        "model.skip=none, model.hidden=256, model.dropout=0.1, training.early_stopping=");
}

TEST_CASE("names come back as they were, whatever they hold", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  const std::string hostile =
      std::string("'; DROP TABLE run; -- \"\n\t\\ \xc3\xa9\xe2\x80\xae") + '\0' + "/end";
  const auto id = Store(file).plan(study_named(hostile), {variant_named(hostile)}, {1});
  const Reader reader(file);
  CHECK(reader.study(hostile).id == id);
  CHECK(reader.variants(id).front().name == hostile);
  CHECK(reader.run(fmt::format("{0}/{0}/1", hostile)).seed == 1);
}

TEST_CASE("a plan of nothing holds nothing", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"), {}, {});
  CHECK(Reader(file).variants(id).empty());
  CHECK(Reader(file).runs(id).empty());
  CHECK_FALSE(claim(store, id));
}

TEST_CASE("two variants of one name in a plan are our own mistake", "[store]") {
  Store store(":memory:");
  CHECK_THROWS_AS(store.plan(study_named("s"), {variant_named("a"), variant_named("a")}, {1}),
                  std::invalid_argument);
}

TEST_CASE("other stop rules are a change; planned anew, what they stopped begins again", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  StudyRecord study = study_named("s");
  study.stop_rules = "halving: {}";
  const auto id = store.plan(study, {variant_named("a"), variant_named("b")}, {1}, {.first_rung = 1});
  for (int i = 0; i < 2; ++i) {
    const auto run = claim(store, id);
    store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
    store.finish(run->id, {.status = RunStatus::waiting});
  }
  store.settle_rung(id, {}, [](const std::vector<Store::RungRun>& runs) {
    return Store::RungDecision{{{runs[1].run_id, "it was worse"}}, {{runs[0].run_id, 5}}};
  });
  CHECK(rows(file, "SELECT status FROM run ORDER BY id") == std::vector<std::string>{"waiting", "stopped"});
  study.stop_rules.clear();
  CHECK_THAT(refusal([&] {
               store.plan(study, {variant_named("a"), variant_named("b")}, {1});
             }),
             Catch::Contains("~ stop_rules"));
  store.plan(study, {variant_named("a"), variant_named("b")}, {1}, {.replan = true});
  CHECK(rows(file, "SELECT status, until_epoch IS NULL FROM run") ==
        std::vector<std::string>{"planned|1", "planned|1"});
  CHECK(claim(store, id)->epochs_done == 0);
}
