#include "store/schema.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file.hpp"
#include "base/finding_kinds.hpp"
#include "metrics/metric_table.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"
#include "support/approve.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

using Columns = std::vector<std::string>;  // "name TYPE", in order

std::map<std::string, Columns> live_schema(const std::filesystem::path& file) {
  std::map<std::string, Columns> tables;
  for (const std::string& name :
       rows(file, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")) {
    const std::string kind = row(file, fmt::format("SELECT type FROM sqlite_schema WHERE name = '{}'", name));
    tables[name] =
        rows(file, fmt::format("SELECT name || ' ' || {} FROM pragma_table_info('{}') ORDER BY cid",
                               kind == "view" ? "''" : "type", name));
  }
  return tables;
}

std::string readme() { return read_file(source_folder() / "framework/store/README.md", 1 << 20); }

/// What stands between the first two backticks of the line.
std::string in_backticks(const std::string& line) {
  const std::size_t begin = line.find('`') + 1;
  return line.substr(begin, line.find('`', begin) - begin);
}

/// Every table of the page: "### `name`", then rows "| `column` | TYPE | meaning |".
std::map<std::string, Columns> documented_schema() {
  std::map<std::string, Columns> tables;
  Columns* table = nullptr;
  std::istringstream page(readme());
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("### `")) table = &tables[in_backticks(line)];
    if (!table || !line.starts_with("| `")) continue;
    const std::string name = in_backticks(line);
    std::string type;
    std::istringstream(line.substr(line.find("` |") + 3)) >> type;
    if (type == "|") type.clear();
    const std::size_t placeholder = name.find("<metric>");
    if (placeholder == std::string::npos) table->push_back(fmt::format("{} {}", name, type));
    if (placeholder == std::string::npos) continue;
    for (const Metric& metric : metric_table()) {
      table->push_back(fmt::format("{}{} {}", name.substr(0, placeholder), metric.name, type));
    }
  }
  return tables;
}

/// The text of every ```sql block of the page.
std::vector<std::string> examples() {
  constexpr std::string_view head = "```sql\n";
  const std::string page = readme();
  std::vector<std::string> found;
  for (std::size_t at = page.find(head); at != std::string::npos; at = page.find(head, at)) {
    at += head.size();
    found.push_back(page.substr(at, page.find("```", at) - at));
  }
  return found;
}

}  // namespace

TEST_CASE("the schema page lists every table and view with its columns, types and order", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  const auto live = live_schema(file);
  const auto documented = documented_schema();
  REQUIRE(live.size() == 31);
  for (const auto& [name, columns] : live) {
    INFO(name);
    REQUIRE(documented.contains(name));
    CHECK(documented.at(name) == columns);
  }
  CHECK(documented.size() == live.size());
}

TEST_CASE("the schema page names the metrics in the order of the metric table", "[store]") {
  Columns names;
  for (const Metric& metric : metric_table()) names.emplace_back(metric.name);
  std::string one_line = readme();
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  CHECK_THAT(one_line, Catch::Contains(fmt::format("in this order: {}.", fmt::join(names, ", "))));
}

TEST_CASE("the schema page lists every kind of finding with its severity and what it counts", "[store]") {
  for (const FindingKind& kind : finding_kinds()) {
    CHECK_THAT(readme(), Catch::Contains(fmt::format("| *{}* | {} | {} |", kind.name,
                                                     to_string(kind.severity), kind.meaning)));
  }
}

TEST_CASE("every SQL example of the schema page runs", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  CHECK(examples().size() >= 4);
  for (const std::string& sql : examples()) {
    INFO(sql);
    CHECK_NOTHROW(run_query(file, sql, {}, {}));
  }
}

TEST_CASE("the metric columns of the file are those of the metric table", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  Columns expected;
  for (const Metric& metric : metric_table()) expected.push_back(fmt::format("{}|REAL", metric.name));
  for (const std::string table : {"epoch_metric", "run_metric"}) {
    const auto sql =
        fmt::format("SELECT name, type FROM pragma_table_info('{}') WHERE cid > 2 ORDER BY cid", table);
    CHECK(rows(file, sql) == expected);
  }
}

TEST_CASE("a new file carries our mark, the schema's version and a record of each step", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  CHECK(row(file, "SELECT * FROM pragma_application_id") == std::to_string(application_id));
  CHECK(Reader(file).schema_version() == schema_version());
  CHECK(rows(file, "SELECT version FROM migration").size() == migrations().size());
  CHECK(SQLite::Database(file.string()).execAndGet("PRAGMA journal_mode").getString() == "wal");
}

TEST_CASE("a new file has the schema that an older one has after all steps, from one file", "[store]") {
  SQLite::Database stepwise(":memory:", SQLite::OPEN_READWRITE), at_once(":memory:", SQLite::OPEN_READWRITE);
  apply_steps(stepwise, schema_version());
  std::string whole =
      "-- What all steps of schema/ together make, so that a new file gets it at once. A test writes and keeps it: "
      "ABLATE_UPDATE=1.\n";
  SQLite::Statement made(stepwise,
                         "SELECT sql FROM sqlite_schema WHERE type <> 'view' AND sql <> '' ORDER BY rowid");
  while (made.executeStep()) whole += fmt::format("\n{};\n", made.getColumn(0).getString());
  approve("framework/store/schema.sql", whole);

  make_schema(at_once);
  for (const char* sql :
       {"SELECT group_concat(type || name || sql, char(10)) FROM (SELECT * FROM sqlite_schema ORDER BY name)",
        "SELECT group_concat(version || name) FROM migration"})
    CHECK(at_once.execAndGet(sql).getString() == stepwise.execAndGet(sql).getString());
}

TEST_CASE("each step of the schema has a name of its own, by which a file knows that it has it", "[store]") {
  std::set<std::string> names;
  for (const Migration& step : migrations()) CHECK(names.insert(step.name).second);
  CHECK(static_cast<int>(names.size()) == schema_version());
  CHECK(migrations().front().name == "studies, runs and their metrics");
}

TEST_CASE("a step that a file lacks is applied whatever its place among those that it has", "[store]") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  migrate(database, "a.db", 1);
  database.exec(migrations()[2].sql);  // as a program would whose second step is this one
  database.exec(fmt::format("INSERT INTO migration VALUES (2, '{}', 't'); PRAGMA user_version = 2",
                            migrations()[2].name));
  migrate(database, "a.db");
  CHECK(database.execAndGet("SELECT count(*) FROM migration").getInt() == schema_version());
  CHECK(database.tableExists("audit"));
}

TEST_CASE("the views have a column for each metric of the table, and leave obsolete runs out", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  {
    Store store(file);
    const auto id = store.plan(study_named("s"), {variant_named("a"), variant_named("b")}, {1});
    while (const auto run = claim(store, id)) {
      store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
      store.finish(run->id, {});
    }
    store.plan(study_named("s"), {variant_named("a")}, {1}, {.replan = true});
  }
  for (const std::string view : {"results", "tidy"}) {
    CHECK(rows(file, "SELECT variant FROM " + view) == Columns{"a"});
    for (const Metric& metric : metric_table())
      CHECK(row(file, fmt::format("SELECT count(*) FROM pragma_table_info('{}') WHERE name IN ('test_{}', "
                                  "'validation_{}')",
                                  view, metric.name, metric.name)) == "2");
  }
  CHECK(rows(file, "SELECT DISTINCT variant FROM curves") == Columns{"a"});
  CHECK(rows(file, "SELECT name FROM variant") == Columns{"a", "b"});
}

TEST_CASE("the tidy view has the factors of the file's studies as columns, with their types", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  VariantRecord none = variant_named("a"), projection = variant_named("b");
  none.factors = {{"model.skip", std::string("none")}, {"model.dropout", 0.5}};
  projection.factors = {{"model.skip", std::string("projection")}};
  Store store(file);
  store.plan(study_named("s"), {none, projection}, {1});
  const std::string sql =
      "SELECT variant, \"model.skip\", typeof(\"model.dropout\") FROM tidy ORDER BY variant";
  CHECK(rows(file, sql) == Columns{"a|none|real", "b|projection|null"});
  VariantRecord wide = variant_named("w");
  wide.factors = {{"model.hidden", std::int64_t{64}}, {"it's \"odd\"", std::int64_t{1}}};
  store.plan(study_named("t"), {wide}, {1});
  CHECK(rows(file, "SELECT \"model.hidden\" FROM tidy WHERE study = 't'") == Columns{"64"});
  CHECK(rows(file, sql).size() == 3);
}

TEST_CASE("opening a file again applies no step twice and keeps what it holds", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("kept"), {variant_named("a")}, {1}); }
  { const Store store(file); }
  CHECK(rows(file, "SELECT name FROM study") == Columns{"kept"});
  CHECK(rows(file, "SELECT version FROM migration").size() == migrations().size());
}

TEST_CASE("a file of the first version is brought up to date, and its runs count as not audited", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  {
    SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(old, "a.db", 1);
  }
  {
    Store store(file);
    store.plan(study_named("s"), {variant_named("a")}, {1});
  }
  const Reader reader(file);
  CHECK(reader.schema_version() == schema_version());
  CHECK(reader.audits(reader.study("s").id).empty());
  CHECK(rows(file, "SELECT version FROM migration").size() == migrations().size());
}

TEST_CASE("every table is strict: text does not get into a column of numbers", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  CHECK(rows(file,
             "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE "
             "'sqlite_%'")
            .empty());
}
