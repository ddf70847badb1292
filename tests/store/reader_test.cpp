#include "store/reader.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "store/store_support.hpp"
#include "store/versions.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// Two studies; the first has variants "wide" and "net/skip" under the seeds 1 and 2.
struct Results {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Store store{file};
  std::int64_t study_id =
      store.plan(study_named("skip_connection"), {variant_named("wide"), variant_named("net/skip")}, {1, 2});
  std::int64_t other_id = store.plan(study_named("width"), {variant_named("wide")}, {1});
};

}  // namespace

TEST_CASE("studies are listed by name with the counts of their runs", "[store]") {
  Results results;
  const auto run = claim(results.store, results.study_id);
  results.store.finish(run->id, {});
  claim(results.store, results.study_id);
  const auto studies = Reader(results.file).counts();
  REQUIRE(studies.size() == 2);
  CHECK(studies[0].study.name == "skip_connection");
  CHECK(studies[0].variants == 2);
  CHECK(studies[0].planned == 2);
  CHECK(studies[0].running == 1);
  CHECK(studies[0].done == 1);
  CHECK(studies[0].failed + studies[0].diverged + studies[0].interrupted == 0);
  CHECK(studies[1].study.name == "width");
}

TEST_CASE("a wrong study name gets the nearest right one and the choices", "[store]") {
  const Results results;
  const std::string message = refusal([&] { Reader(results.file).study("skip_conection"); });
  CHECK_THAT(message, Catch::Contains("did you mean 'skip_connection'?") && Catch::Contains("width"));
}

TEST_CASE("a run is found by its number, its uuid and its path", "[store]") {
  const Results results;
  const Reader reader(results.file);
  const RunRecord run = reader.runs(results.study_id).back();
  CHECK(run.variant == "net/skip");
  CHECK(reader.run(std::to_string(run.id)).uuid == run.uuid);
  CHECK(reader.run(run.uuid).id == run.id);
  CHECK(reader.run("skip_connection/net/skip/2").id == run.id);
  CHECK(reader.study_name_of_run(run.id) == "skip_connection");
}

TEST_CASE("the beginning of a uuid finds its run, in either case, when no other begins so", "[store]") {
  Results results;
  execute(results.file,
          "UPDATE run SET uuid = 'abcd' || substr(uuid, 5) WHERE id <= 2;"
          "UPDATE run SET uuid = 'abcd0' || substr(uuid, 6) WHERE id = 1;"
          "UPDATE run SET uuid = 'abcd1' || substr(uuid, 6) WHERE id = 2");
  const Reader reader(results.file);
  CHECK(reader.run("abcd1").id == 2);
  CHECK(reader.run("ABCD0").id == 1);
  CHECK_THAT(refusal([&] { reader.run("abcd"); }),
             Catch::Contains("more than one") && Catch::Contains("abcd0") && Catch::Contains("abcd1"));
  CHECK_THAT(refusal([&] { reader.run("abc"); }),
             Catch::Contains("no run 'abc'") && Catch::Contains("4 or more"));
}

TEST_CASE("a number that is not a run's may begin a uuid", "[store]") {
  Results results;
  execute(results.file, "UPDATE run SET uuid = '1234' || substr(uuid, 5) WHERE id = 3");
  CHECK(Reader(results.file).run("1234").id == 3);
}

TEST_CASE("a wrong path to a run says which part of it is wrong", "[store]") {
  const Results results;
  const Reader reader(results.file);
  CHECK_THAT(refusal([&] { reader.run("skip_conection/wide/1"); }),
             Catch::Contains("studies: did you mean 'skip_connection'"));
  CHECK_THAT(refusal([&] { reader.run("skip_connection/wife/1"); }),
             Catch::Contains("variants: did you mean 'wide'"));
  CHECK_THAT(refusal([&] { reader.run("skip_connection/wide/9"); }),
             Catch::Contains("seeds: ") && Catch::Contains("1, 2"));
  CHECK_THAT(refusal([&] { reader.run("skip_connection/wide/one"); }), Catch::Contains("seeds: "));
  CHECK_THAT(refusal([&] { reader.run(""); }), Catch::Contains("no run ''"));
  CHECK_THAT(refusal([&] { reader.run("/"); }), Catch::Contains("no run '/'"));
}

TEST_CASE("ids that the file does not hold are refused", "[store]") {
  const Results results;
  const Reader reader(results.file);
  CHECK_THROWS_AS(reader.dataset(99), RequestError);
  CHECK_THROWS_AS(reader.machine(99), RequestError);
  CHECK_THROWS_AS(reader.variant(99), RequestError);
  CHECK_THROWS_AS(reader.study_name_of_run(99), RequestError);
}

TEST_CASE("a file without a study answers every question with nothing", "[store]") {
  const Folder folder;
  { const Store store(folder / "a.db"); }
  const Reader reader(folder / "a.db");
  CHECK(reader.studies().empty());
  CHECK(reader.variants(1).empty());
  CHECK(reader.runs(1).empty());
  CHECK(reader.curves(1).empty());
  CHECK(reader.epochs(1).empty());
  CHECK(reader.selected(1).empty());
  CHECK(reader.leaks(1).empty());
  CHECK(reader.faults().empty());
  CHECK_THAT(refusal([&] { reader.study("s"); }), Catch::Contains("no study yet"));
}

TEST_CASE("rows of a study come by run, split and epoch", "[store]") {
  Results results;
  for (int i = 0; i < 2; ++i) {
    const auto run = claim(results.store, results.study_id);
    for (int epoch = 1; epoch <= 2; ++epoch) results.store.add_epoch(run->id, epoch_of(epoch, 0.5), 60.0);
  }
  std::vector<std::string> order;
  for (const SplitMetrics& row : Reader(results.file).curves(results.study_id)) {
    order.push_back(fmt::format("{} {} {}", row.run_id, to_string(row.split), row.epoch));
  }
  CHECK(order == std::vector<std::string>{"1 train 1", "1 train 2", "1 validation 1", "1 validation 2",
                                          "1 test 1", "1 test 2", "3 train 1", "3 train 2", "3 validation 1",
                                          "3 validation 2", "3 test 1", "3 test 2"});
  CHECK(Reader(results.file).curves(results.other_id).empty());
}

TEST_CASE("a data set and a machine are stored once and come back with all they hold", "[store]") {
  Results results;
  DatasetRecord dataset;
  dataset.name = std::string("emnist-balanced");
  dataset.split = std::string("train");
  dataset.sha256 = std::string(64, 'a');
  dataset.images = 5;
  dataset.classes = 3;
  dataset.rows = dataset.columns = 28;
  dataset.class_names = {std::string("0"), std::string("\""), std::string("\xc3\xa9\n")};
  const auto dataset_id = results.store.add_dataset(dataset);
  CHECK(results.store.add_dataset(dataset) == dataset_id);
  dataset.split = std::string("test");
  CHECK(results.store.add_dataset(dataset) != dataset_id);
  MachineRecord machine;
  machine.host = std::string("host");
  machine.memory_bytes = std::int64_t{1} << 40;
  const auto machine_id = results.store.add_machine(machine);
  CHECK(results.store.add_machine(machine) == machine_id);
  machine.blas_core = std::string("Haswell");
  CHECK(results.store.add_machine(machine) != machine_id);

  const Reader reader(results.file);
  CHECK(reader.dataset(dataset_id).class_names == dataset.class_names);
  dataset.class_names[0] = "O";
  CHECK_THROWS_WITH(results.store.add_dataset(dataset),
                    Catch::Contains("emnist-balanced is in ") && Catch::Contains("classes of other names"));
  CHECK(reader.dataset(dataset_id).split == "train");
  CHECK(reader.dataset(dataset_id).images == 5);
  CHECK(reader.machine(machine_id).memory_bytes == std::int64_t{1} << 40);
}

TEST_CASE("a run tells what it used, and equal leaks of a study's runs count once", "[store]") {
  Results results;
  MachineRecord machine;
  machine.host = std::string("host");
  Store::Provenance provenance;
  provenance.code_version = std::string("0.1.0");
  provenance.program_sha256 = std::string("f00d");
  provenance.selected_by = std::string("last epoch");
  provenance.machine_id = results.store.add_machine(machine);
  provenance.leaks = {{"trained_on_test", "it saw the test set", 4000}};
  std::int64_t run_id = 0;
  for (int i = 0; i < 2; ++i) {
    run_id = claim(results.store, results.study_id)->id;
    results.store.set_provenance(run_id, provenance);
  }
  const Reader reader(results.file);
  const RunRecord run = reader.run(std::to_string(run_id));
  CHECK(run.origin.code_version == "0.1.0");
  CHECK(run.origin.program_sha256 == "f00d");
  CHECK(run.origin.selected_by == "last epoch");
  CHECK(run.origin.machine_id == provenance.machine_id);
  CHECK(run.origin.train_dataset_id == 0);
  const auto leaks = reader.leaks(results.study_id);
  REQUIRE(leaks.size() == 1);
  CHECK(leaks[0].kind == "trained_on_test");
  CHECK(leaks[0].count == 4000);
}

TEST_CASE("a run that was audited says so until it is begun anew, and one that was not has no audit",
          "[store]") {
  Results results;
  Store::Provenance provenance;
  const auto first = claim(results.store, results.study_id)->id;
  results.store.set_provenance(first, provenance);
  provenance.audit = AuditRecord{0, 60'000, 10'000, "exact"};
  const auto second = claim(results.store, results.study_id)->id;
  results.store.set_provenance(second, provenance);
  results.store.set_provenance(second, provenance);
  const Reader reader(results.file);
  CHECK_FALSE(reader.run_audit(first));
  REQUIRE(reader.run_audit(second));
  CHECK(reader.run_audit(second)->test_images == 10'000);
  CHECK(reader.run_audit(second)->comparison == "exact");
  REQUIRE(reader.audits(results.study_id).size() == 1);
  CHECK(reader.audits(results.study_id)[0].run_id == second);
  results.store.finish(second, {RunStatus::interrupted, "", {}});
  CHECK(claim(results.store, results.study_id)->id == second);
  CHECK_FALSE(reader.run_audit(second));
}

TEST_CASE("a reader sees what a writer commits while both are open", "[store]") {
  Results results;
  const Reader reader(results.file);
  const auto run = claim(results.store, results.study_id);
  for (int epoch = 1; epoch <= 3; ++epoch) {
    results.store.add_epoch(run->id, epoch_of(epoch, 0.5), 60.0);
    CHECK(reader.run_epochs(run->id).size() == static_cast<std::size_t>(epoch));
  }
}

TEST_CASE("doctor names runs that their worker left, and rows that point nowhere", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  StoreOptions long_ago;
  long_ago.clock = [] { return 1000.0; };
  {
    Store store(file, long_ago);
    const auto id = store.plan(study_named("s"), {variant_named("a")}, {7});
    store.claim(id, {.worker = "host:12", .lease_seconds = 60.0});
  }
  auto faults = Reader(file).faults();
  REQUIRE(faults.size() == 1);
  CHECK_THAT(faults[0], Catch::Contains("s/a/7") && Catch::Contains("host:12"));
  execute(file, "PRAGMA foreign_keys = OFF; INSERT INTO leak VALUES (99, 'kind', 'detail', 1)");
  faults = Reader(file).faults();
  REQUIRE(faults.size() == 2);
  CHECK_THAT(faults[0], Catch::Contains("table leak: the run of 1 row is not there"));
}

TEST_CASE("a table or a column that somebody dropped is a fault of the file", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  CHECK(schema_faults_of(file).empty());
  execute(file, "DROP TABLE run_output");
  execute(file, "ALTER TABLE epoch DROP COLUMN metric_seconds");
  CHECK(schema_faults_of(file) ==
        std::vector<std::string>{"table epoch is not as ablate makes it", "table run_output is not there"});
  CHECK_THAT(refusal([&] { Reader{file}; }), Catch::Contains("table run_output is not there"));
}

TEST_CASE("a snapshot sees one moment, whatever is written meanwhile, and a reader each as it comes",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1, 2});
  const Reader live(file), moment = Reader::snapshot(file);
  const auto id = moment.study("s").id;
  store.plan(study_named("s"), {variant_named("c")}, {1}, {.replan = true});
  execute(file, "DELETE FROM run WHERE seed = 2");
  CHECK(moment.variants(id).size() == 2);
  CHECK(moment.runs(id).size() == 4);
  CHECK(moment.counts("s")->planned == 4);
  CHECK(live.variants(id).size() == 3);
  CHECK(live.counts("s")->planned == 1);
  CHECK_FALSE(live.counts("none"));
}
