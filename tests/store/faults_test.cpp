#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/reader.hpp"
#include "store/row_checks.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A file of two runs, one with an epoch.
std::filesystem::path file_of_two(const Folder& folder) {
  const auto file = folder / "a.db";
  Store store(file);
  const auto id = store.plan(study_named("s"), {variant_named("a")}, {1, 2});
  store.add_epoch(claim(store, id)->id, epoch_of(1, 0.5), 60.0);
  return file;
}

/// `text` in place of the one that made the table, where SQLite looks only when it opens the file.
void forge_table(const std::filesystem::path& file, const std::string& table, const std::string& text) {
  execute(file,
          fmt::format("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = '{}' WHERE name = '{}'",
                      text, table));
}

}  // namespace

TEST_CASE("the checks of a table are found whatever stands in them", "[store]") {
  CHECK(check_expressions("CREATE TABLE t(a TEXT CHECK (a IN ('x)', 'it''s ((')), b CHECK(b > (1 + 2)),\n"
                          "  \"CHECK\" INTEGER, CHECK\n(a <> b)) STRICT") ==
        std::vector<std::string>{"a IN ('x)', 'it''s ((')", "b > (1 + 2)", "a <> b"});
  CHECK(check_expressions("CREATE TABLE t(a)").empty());
}

TEST_CASE("every fault of a file is listed, a broken check and what cannot be read among them", "[store]") {
  const Folder folder;
  const auto file = file_of_two(folder);
  CHECK(Reader(file).faults().empty());
  execute(file,
          "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; UPDATE run SET status = 'won'; "
          "UPDATE epoch_metric SET kappa = 2 WHERE split = 'test'; "
          "UPDATE epoch_metric SET split = 'rest' WHERE split = 'validation'; "
          "INSERT INTO leak VALUES (99, 'kind', 'detail', 1)");
  const auto faults = Reader(file).faults();
  REQUIRE(faults.size() == 4);
  CHECK_THAT(
      faults[0],
      Contains(
          "table epoch_metric: its check (split IN ('train', 'validation', 'test')) does not hold in 1 row"));
  CHECK_THAT(faults[1], Contains("table run: its check (status IN ('planned', "));
  CHECK_THAT(faults[2], Contains("table leak: the run of 1 row is not there"));
  CHECK_THAT(faults[3], Contains("table epoch_metric: kappa is beyond -1 to 1 in 1 row"));
}

TEST_CASE("words where numbers belong are faults, whatever schema they were written under", "[store]") {
  const Folder folder;
  const auto file = file_of_two(folder);
  const std::string ours =
      row(file, "SELECT replace(sql, '''', '''''') FROM sqlite_schema WHERE name = 'epoch'");
  std::string loose = ours.substr(0, ours.rfind(')') + 1);
  if (ours.find("WITHOUT ROWID") != std::string::npos) loose += " WITHOUT ROWID";
  forge_table(file, "epoch", loose);
  execute(file, "UPDATE epoch SET learning_rate = 'fast', train_seconds = x'00'");
  forge_table(file, "epoch", ours);
  const auto faults = Reader(file).faults();
  REQUIRE(faults.size() >= 2);
  const std::string all = fmt::format("{}", fmt::join(faults, "\n"));
  CHECK_THAT(all, Contains("table epoch: learning_rate holds something else than real in 1 row"));
  CHECK_THAT(all, Contains("table epoch: train_seconds holds something else than real in 1 row"));
}
