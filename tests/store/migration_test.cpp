#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sqlite3.h>

#include "base/file.hpp"
#include "store/merge_support.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"
#include "store/trained.hpp"
#include "store/versions.hpp"
#include "support/source_folder.hpp"

// The files under tests/golden/store are a study that the program trained, in the schema of each earlier
// version as it stood in the repository: tests/support/make_store_fixtures.py made them, and computed the
// fingerprint.

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

using Path = std::filesystem::path;
using Texts = std::vector<std::string>;
/// Every version before that of this program.
int versions_kept() { return schema_version() - 1; }

std::string golden(const std::string& name) {
  return read_file(source_folder() / "tests/golden/store" / name, 1 << 20);
}

/// A results file as the program of that version left it.
Path old_file(const Folder& folder, int version) {
  const Path file = folder / fmt::format("v{}.db", version);
  execute(file, golden(fmt::format("schema_{}.sql", version)));
  return file;
}

/// Rows of a file of any schema.
Texts rows_of(const Path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
  Texts found;
  const auto keep = [](void* list, int count, char** values, char**) {
    std::string line;
    for (int i = 0; i < count; ++i)
      line += fmt::format("{}{}", i == 0 ? "" : "|", values[i] ? values[i] : "NULL");
    static_cast<Texts*>(list)->push_back(line);
    return 0;
  };
  const int code = sqlite3_exec(database, sql.c_str(), keep, &found, nullptr);
  sqlite3_close(database);
  if (code != SQLITE_OK) throw std::logic_error("no such query: " + sql);
  return found;
}

/// Every table with the columns that it has, as SELECTs that any later version can answer too.
Texts all_selects(const Path& file) {
  Texts selects;
  for (const std::string& table :
       rows_of(file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migration'")) {
    const std::string columns =
        rows_of(file, fmt::format("SELECT group_concat('quote(' || name || ')', ', ') FROM "
                                  "pragma_table_info('{}')",
                                  table))
            .at(0);
    selects.push_back(fmt::format("SELECT {0} FROM {1} ORDER BY {0}", columns, table));
  }
  return selects;
}

/// Every table, view and index with its columns.
Texts shape(const Path& file) {
  return rows_of(
      file,
      "SELECT s.type, s.name, s.tbl_name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk FROM "
      "sqlite_schema AS s LEFT JOIN pragma_table_info(s.name) AS c WHERE s.name <> 'tidy' ORDER BY 1, 2, c.cid");
}

Texts checks(const Path& file) {
  return rows_of(
      file,
      "SELECT substr(sql, instr(sql, 'CHECK')) FROM sqlite_schema WHERE sql LIKE '%CHECK%' AND type = "
      "'table' AND name IN ('run', 'note', 'variant') ORDER BY name");
}

}  // namespace

TEST_CASE("every earlier schema has a file that is kept, and no later one", "[migration]") {
  for (int version = 1; version <= schema_version(); ++version) {
    const bool kept =
        std::filesystem::exists(source_folder() / fmt::format("tests/golden/store/schema_{}.sql", version));
    CHECK(kept == (version <= versions_kept()));
  }
}

TEST_CASE("a file of each earlier schema is brought up to date with every row, table and view",
          "[migration]") {
  const int version = GENERATE(range(1, versions_kept() + 1));
  CAPTURE(version);
  const Folder folder;
  const Path file = old_file(folder, version), fresh = folder / "fresh.db";
  std::map<std::string, Texts> before;
  for (const std::string& select : all_selects(file)) before[select] = rows_of(file, select);
  REQUIRE(before.size() >= 13);
  CHECK(schema_version_of(file) == version);
  const Versions versions = bring_up_to_date(file);
  CHECK(versions.before == version);
  CHECK(versions.now == schema_version());
  { const Store store(fresh); }
  CHECK(shape(file) == shape(fresh));
  CHECK(checks(file) == checks(fresh));
  for (const auto& [select, old_rows] : before) {
    INFO(select);
    CHECK(rows_of(file, select) == old_rows);
  }
  const Reader reader(file);
  CHECK(reader.schema_version() == schema_version());
  CHECK(reader.faults().empty());
  CHECK(reader.fingerprint(reader.study("kept").id) + "\n" == golden("fingerprint.txt"));
  CHECK(rows_of(file, "SELECT version FROM migration ORDER BY 1").size() == migrations().size());
}

TEST_CASE("what a step fills in is what a newer program would have written", "[migration]") {
  const Folder folder;
  const int version = GENERATE(range(1, versions_kept()));
  const Path newest = old_file(folder, versions_kept()), file = old_file(folder, version);
  bring_up_to_date(file);
  const std::string settings = "SELECT variant_id, key, quote(value) FROM setting ORDER BY 1, 2";
  CHECK(rows_of(file, settings) == rows_of(newest, settings));
  CHECK(rows_of(file, settings).size() > 40);
}

TEST_CASE("the views answer the same of a file of each earlier schema", "[migration]") {
  const Folder folder;
  Texts results, curves;
  for (int version = 1; version <= versions_kept(); ++version) {
    const Path file = old_file(folder, version);
    bring_up_to_date(file);
    const Texts now = rows_of(file, "SELECT * FROM results"), and_now = rows_of(file, "SELECT * FROM curves");
    if (version == 1) {
      results = now;
      curves = and_now;
    }
    CHECK(now == results);
    CHECK(and_now == curves);
  }
  CHECK(results.size() == 2);
  CHECK(curves.size() == 12);
}

TEST_CASE("a run can be claimed, trained and ended in a file of each earlier schema", "[migration]") {
  const Folder folder;
  const Path file = old_file(folder, GENERATE(range(1, versions_kept() + 1)));
  execute(file, "UPDATE run SET status = 'interrupted' WHERE id = 2");
  Store store(file);
  const auto run = claim(store, 1);
  REQUIRE(run.has_value());
  store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
  Outcome outcome;
  outcome.status = RunStatus::waiting;  // a status that the first schema did not know
  store.finish(run->id, outcome);
  CHECK(row(file, "SELECT status FROM run WHERE id = 2") == "waiting");
}

TEST_CASE("files of different schemas merge into one study, and stay as they are", "[migration]") {
  const Folder folder;
  const std::atomic<bool> go_on = false;
  std::vector<Path> files;
  for (int version = 1; version <= versions_kept(); ++version) files.push_back(old_file(folder, version));
  Texts before;
  for (const Path& file : files) before.push_back(read_file(file, 1 << 20));
  const auto half = files.begin() + static_cast<std::ptrdiff_t>(files.size() / 2);  // as many as go at once
  merge_files({files.begin(), half}, folder / "c.db", {}, go_on);
  const MergeReport report = merge_files({half, files.end()}, folder / "c.db", {}, go_on);
  for (std::size_t i = 0; i < files.size(); ++i) CHECK((read_file(files[i], 1 << 20) == before[i]));
  CHECK(report.studies.size() == files.size() - files.size() / 2);
  CHECK(report.studies.back().runs_same == 2);
  CHECK(fingerprint(folder / "c.db", "kept") + "\n" == golden("fingerprint.txt"));
  CHECK(row(folder / "c.db", "SELECT count(*) FROM model") == "1");  // which the first two did not keep
}

TEST_CASE("an older file is refused to a reader with what brings it up to date", "[migration]") {
  const Folder folder;
  const Path file = old_file(folder, GENERATE(1, versions_kept()));
  CHECK_THAT(refusal([&] { Reader{file}; }), Contains("made by an older ablate") &&
                                                 Contains("ablate doctor --migrate --db " + file.string()));
}

TEST_CASE("a file whose migration fails half-way is left as it was, to the last row", "[migration]") {
  const Folder folder;
  const int version = GENERATE(range(1, 6));
  const Path file = old_file(folder, version);
  execute(file, "CREATE TABLE note(mine)");  // in the way of step 6
  const Texts before = rows_of(file, "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2");
  std::map<std::string, Texts> data;
  for (const std::string& select : all_selects(file)) data[select] = rows_of(file, select);
  CHECK_THAT(refusal([&] { bring_up_to_date(file); }), Contains("table note already exists"));
  CHECK(schema_version_of(file) == version);
  CHECK(rows_of(file, "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2") == before);
  for (const auto& [select, old_rows] : data) CHECK(rows_of(file, select) == old_rows);
  execute(file, "DROP TABLE note");
  bring_up_to_date(file);
  CHECK(fingerprint(file, "kept") + "\n" == golden("fingerprint.txt"));
}
