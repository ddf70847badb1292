#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/worker_name.hpp"
#include "store/claim_support.hpp"
#include "store/looks.hpp"
#include "store/looks_elsewhere.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("an interrupted run goes on from its checkpoint where the same program made it", "[store]") {
  Halfway run;
  run.store.finish(run.run_id, ended(RunStatus::interrupted));
  SECTION("with its epochs") {
    const auto again = run.again("1.0");
    CHECK(again->epochs_done == 2);
    CHECK(again->course.resumed == 1);
    CHECK(run.store.checkpoint(run.run_id) == run.state);
    CHECK(row(run.file, "SELECT count(*) FROM epoch") == "2");
  }
  SECTION("also on another machine") {
    const auto elsewhere =
        run.store.add_machine({0, "elsewhere", "Linux", "ARM", 4, 1 << 30, "built in", "neon"});
    execute(run.file, "UPDATE run SET machine_id = " + std::to_string(elsewhere));
    CHECK(run.again("1.0")->epochs_done == 2);
  }
  SECTION("and begins anew where one of another numbers version did") {
    execute(run.file, "UPDATE run SET numbers = 1");
    CHECK(run.again("1.0")->epochs_done == 0);
    CHECK(row(run.file, "SELECT count(*) FROM epoch") == "0");
  }
  SECTION("and begins anew where another one did") {
    CHECK(run.again("1.1")->epochs_done == 0);
    CHECK(run.store.checkpoint(run.run_id).empty());
    CHECK(row(run.file, "SELECT count(*) FROM epoch") == "0");
  }
}

TEST_CASE("a program that does not know its sources resumes nothing, not even its own runs", "[store]") {
  Halfway run("");
  run.store.finish(run.run_id, ended(RunStatus::interrupted));
  CHECK(run.again("")->epochs_done == 0);
  CHECK(run.store.checkpoint(run.run_id).empty());
}

TEST_CASE("a run whose checkpoint or weights were damaged or lost in the file begins anew", "[store]") {
  Halfway run;
  run.store.finish(run.run_id, ended(RunStatus::interrupted));
  SECTION("the checkpoint") { execute(run.file, "UPDATE checkpoint SET state = x'010204'"); }
  SECTION("the checkpoint, by its length") { execute(run.file, "UPDATE checkpoint SET state = x'01020300'"); }
  SECTION("the weights") { execute(run.file, "UPDATE model SET weights = zeroblob(8)"); }
  SECTION("the weights, which an export left out") { execute(run.file, "DELETE FROM model"); }
  SECTION("the weights, of another epoch") { execute(run.file, "UPDATE model SET epoch = 1"); }
  const auto again = run.again("1.0");
  REQUIRE(again);
  CHECK(again->epochs_done == 0);
  CHECK(row(run.file, "SELECT count(*) FROM epoch") == "0");
}

TEST_CASE("a checkpoint goes when its run ends, and its weights stay only where they are to", "[store]") {
  Halfway run;
  Outcome outcome = ended(RunStatus::done);
  outcome.reason = "all epochs";
  run.store.finish(run.run_id, outcome);
  CHECK(row(run.file, "SELECT count(*) FROM checkpoint") == "0");
  CHECK(Reader(run.file).run("1").exit_reason == "all epochs");
}

TEST_CASE("what equals a run that is done, data and program included, is copied instead of trained",
          "[store]") {
  const Folder folder;
  Store store(folder / "a.db");
  const std::vector<float> weights = {1.0f, 2.0f};
  const auto train = [&](const std::string& study, const std::string& program = "1.0") {
    const auto id = store.plan(study_named(study), {variant_named("a", "same settings")}, {1});
    const auto run = claim(store, id);
    Store::Provenance provenance;
    provenance.code_version = "the same word";
    provenance.program_sha256 = program;
    provenance.machine_id = store.add_machine({});
    provenance.train_dataset_id = store.add_dataset({.name = "d", .split = "train", .sha256 = "1"});
    provenance.test_dataset_id =
        store.add_dataset({.name = "d", .split = "test", .sha256 = "2", .images = 3, .classes = 3});
    store.set_provenance(run->id, provenance);
    return run->id;
  };
  const auto first = train("one");
  CHECK_FALSE(store.copy_twin(first));
  EpochRecord epoch = epoch_of(1, 0.75);
  epoch.weights = weights;
  store.add_epoch(first, epoch, 60.0);
  Outcome outcome;
  outcome.at_selected.test.emplace().predicted = {1, 0, 2};
  store.finish(first, outcome);
  const auto second = train("two");
  CHECK(store.copy_twin(second) == first);
  const Reader reader(folder / "a.db");
  CHECK(reader.run_selected(second).back().suite.accuracy == 0.75);
  CHECK(reader.run_model(second)->weights == weights);
  CHECK(reader.predictions({second}).at(0).classes == std::vector<std::uint8_t>{1, 0, 2});
  const RunRecord copied = reader.run(std::to_string(second));
  CHECK(copied.status == RunStatus::done);
  CHECK(copied.epochs_done == 1);
  CHECK_THAT(copied.exit_reason, Catch::Contains("copied from run 1"));
  CHECK_FALSE(store.copy_twin(train("of another program", "1.1")));
  CHECK_FALSE(store.copy_twin(train("of an unknown program", "")));
  execute(folder / "a.db", "UPDATE run SET program_sha256 = NULL");
  CHECK_FALSE(store.copy_twin(train("of an unknown program, as all before it", "")));
}

TEST_CASE("looks at a study are known to another that copied runs of two of its variants", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto make = [&](const std::string& study) {
    return store.plan(study_named(study), {variant_named("a"), variant_named("b")}, {1, 2});
  };
  const auto first = make("one"), second = make("two");
  execute(file, "UPDATE run SET status = 'done'");
  REQUIRE(record_look(file, first, {.command = "report", .seeds = 2}, 1000).empty());
  const auto copy = [&](const std::string& variant) {
    execute(file,
            "UPDATE run SET exit_reason = 'copied from run 1: the same' WHERE study_id = 2 AND variant_id = "
            "(SELECT id FROM variant WHERE study_id = 2 AND name = '" +
                variant + "')");
    return looks_at_copied(Reader(file), second);
  };
  CHECK(copy("a").empty());  // the baseline alone says nothing of a difference
  const auto looks = copy("b");
  REQUIRE(looks.size() == 1);
  CHECK(looks[0].study == "one");
  CHECK(looks[0].look.seeds == 2);
  CHECK(looks_at_copied(Reader(file), first).empty());
}

TEST_CASE("an interrupted run is claimed again and starts with nothing of the earlier attempt", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = claim(store, id);
  Store::Provenance provenance;
  provenance.code_version = std::string("1.0");
  provenance.leaks = {{"trained_on_test", "it saw the test set", 4}};
  store.set_provenance(run->id, provenance);
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  store.finish(run->id, ended(RunStatus::interrupted));
  CHECK(row(file, "SELECT status, epochs_done, best_epoch FROM run") == "interrupted|1|1");

  const auto again = claim(store, id);
  REQUIRE(again);
  CHECK(again->attempt == 2);
  CHECK(again->epochs_done == 0);
  CHECK_FALSE(again->best_epoch);
  CHECK(again->origin.code_version.empty());
  CHECK(again->course.ended_at.empty());
  for (const std::string table :
       {"epoch", "epoch_metric", "run_metric", "class_metric", "confusion", "leak"}) {
    CHECK(row(file, fmt::format("SELECT count(*) FROM {}", table)) == "0");
  }
}
