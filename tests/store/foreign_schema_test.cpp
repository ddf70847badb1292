#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "store/connection.hpp"
#include "store/free_metrics.hpp"
#include "store/merge_support.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"
#include "store/refused.hpp"
#include "store/schema.hpp"
#include "store/versions.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a database of a newer schema is refused with both versions, and left as it is", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  const int newer = schema_version() + 1;
  execute(file, fmt::format("PRAGMA user_version = {}", newer));
  const std::string before = read_file(file, 1 << 20);
  check_refused(file, fmt::format("made by a newer ablate (schema {}, this program knows {})", newer,
                                  schema_version()));
  CHECK(read_file(file, 1 << 20) == before);
}

TEST_CASE("triggers, views and unique indexes that are not ours are refused on opening, and do not run",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  SECTION("a trigger that forges results") {
    execute(file,
            "CREATE TRIGGER t AFTER INSERT ON run_metric BEGIN UPDATE run_metric SET accuracy = 0.999; END");
    check_refused(file, "trigger t is none of ablate's");
  }
  SECTION("an index that lets one run alone keep weights") {
    execute(file, "CREATE UNIQUE INDEX u ON model(epoch)");
    check_refused(file, "index u is none of ablate's");
  }
  SECTION("a view of another name") {
    execute(file, "CREATE VIEW v AS SELECT 1");
    check_refused(file, "view v is none of ablate's");
  }
  SECTION("a view in a table's place") {
    execute(file, "DROP TABLE leak; CREATE VIEW leak AS SELECT 1 AS run_id");
    check_refused(file, "table leak is not there; view leak is none of ablate's");
  }
  SECTION("a table without our checks") {
    execute(file, "DROP TABLE leak; CREATE TABLE leak(run_id, kind, detail, count)");
    check_refused(file, "table leak is not as ablate makes it");
  }
  CHECK_THAT(refusal([&] { merge_files({file}, folder / "c.db", {}, false); }),
             Catch::Contains(file.string()));
}

TEST_CASE("a view of ours with another text is refused to readers, and a writer makes it anew", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  const std::string ours = row(file, "SELECT sql FROM sqlite_schema WHERE name = 'curves'");
  execute(
      file,
      "DROP VIEW curves; CREATE VIEW curves AS WITH n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT * FROM n");
  CHECK_THAT(refusal([&] { Reader{file}; }), Catch::Contains("view curves is not as ablate makes it"));
  CHECK(schema_faults_of(file) == std::vector<std::string>{"view curves is not as ablate makes it"});
  CHECK(refusal([&] { Store{file}; }).empty());
  CHECK(row(file, "SELECT sql FROM sqlite_schema WHERE name = 'curves'") == ours);
}

TEST_CASE(
    "rows that no results can have are told by doctor, and are no fault of the program where they are read",
    "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  {
    Store store(file);
    const auto id = store.plan(study_named("s"), {variant_named("a")}, {1});
    store.add_epoch(claim(store, id)->id, epoch_of(1, 0.5), 60.0);
  }
  SECTION("a number beyond what can be drawn") {
    execute(file, "UPDATE epoch_metric SET accuracy = -1.7e308");
    CHECK_THAT(refusal([&] { Reader(file).run_curves(1); }),
               Catch::Contains("epoch 1 of run 1: test.accuracy is -1.7e+308, which is not from 0 to 1"));
    CHECK_THAT(Reader(file).faults().at(0), Catch::Contains("accuracy is beyond 0 to 1 in 3 rows (run 1: "));
  }
  SECTION("a number that is only wrong") {
    execute(file, "UPDATE run_metric SET kappa = 1.5 WHERE split = 'test'");
    CHECK_THAT(Reader(file).faults().at(0),
               Catch::Contains("table run_metric: kappa is beyond -1 to 1 in 1 row (run 1: "));
  }
  SECTION("a share above 1, and a loss below 0, of the selected epoch") {
    execute(file, "UPDATE run_metric SET accuracy = 2 WHERE split = 'test'");
    CHECK_THAT(
        refusal([&] { Reader(file).selected(1); }),
        Catch::Contains("epoch 1 of run 1: test.accuracy is 2, which is not from 0 to 1\n  try: was it "
                        "changed by hand? `ablate doctor`"));
    execute(file, "UPDATE run_metric SET accuracy = 1.0000000001, log_loss = -1 WHERE split = 'test'");
    CHECK_THAT(refusal([&] { Reader(file).run_selected(1); }),
               Catch::Contains("test.log_loss is -1, which is not"));
  }
  SECTION("a number of any other name, whose square cannot be summed") {
    execute(file,
            "INSERT INTO epoch_value VALUES (1, 'test', 'mse', 1, -1e308), (1, 'test', 'bleu', 1, 1e99)");
    CHECK_THAT(refusal([&] { Reader(file).run_values(1); }),
               Catch::Contains("epoch 1 of run 1: test.mse is -1e+308, which is not from "));
    CHECK_THAT(refusal([&] { study_values(Reader(file), 1); }), Catch::Contains("test.mse is -1e+308"));
    CHECK(Reader(file).faults() ==
          std::vector<std::string>{"table epoch_value: value is beyond 1e+100 in 1 row (of run 1)"});
  }
  SECTION("counts that nothing counts to") {
    execute(
        file,
        "UPDATE run SET epochs_done = 9223372036854775807; INSERT INTO confusion VALUES (1, 'test', 0, 0, -3)");
    CHECK_THAT(
        refusal([&] { Reader(file).runs(1); }),
        Catch::Contains("epochs_done of run 1 is 9223372036854775807, which is not from 0 to 1000000000"));
    CHECK_THAT(refusal([&] { Reader(file).confusion(1, SplitName::test); }),
               Catch::Contains("count of run 1 is -3, which is not from 0 to "));
    const auto faults = Reader(file).faults();
    REQUIRE(faults.size() == 2);
    CHECK_THAT(faults[0], Catch::Contains("table confusion: count is not from 0 to "));
    CHECK_THAT(faults[1], Catch::Contains("table run: epochs_done is not from 0 to 1000000000 in 1 row"));
  }
  SECTION("a word that the checks rule out") {
    execute(file, "PRAGMA ignore_check_constraints = ON; UPDATE run SET status = 'won'");
    CHECK_THAT(refusal([&] { Reader(file).runs(1); }), Catch::Contains("'won', which its checks rule out"));
  }
  SECTION("a configuration with an empty line") {
    execute(
        file,
        "UPDATE variant SET config = 'x: 1' || char(10, 10) || 'y: 2', config_sha256 = 'x'; UPDATE run SET attempt = 1");
    CHECK_THAT(refusal([&] { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }),
               Catch::Contains("variant 'a': x: 1, y: 2 -> a"));
  }
}

TEST_CASE("tables and indexes that somebody added are left alone", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  execute(
      file,
      "CREATE TABLE mine(x); CREATE INDEX mine_too ON run(seed); CREATE UNIQUE INDEX mine_as_well ON mine(x)");
  CHECK(Reader(file).study("s").name == "s");
  CHECK(refusal([&] { Store{file}; }).empty());
}

TEST_CASE("a file without our tables is told as such", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  execute(file, "DROP TABLE leak");
  CHECK_THAT(refusal([&] { Reader{file}; }), Catch::Contains("table leak is not there"));
}
