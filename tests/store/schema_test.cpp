#include "ablate/store/schema.hpp"

#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ablate/base/file.hpp"
#include "ablate/metrics/metric_table.hpp"
#include "ablate/store/query.hpp"
#include "ablate/store/reader.hpp"

#include "store/store_support.hpp"

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

std::string readme() {
  return read_file(std::filesystem::path(ABLATE_SOURCE_DIR) / "framework/store/README.md", 1 << 20);
}

/// Every table of the page: "### `name`", then rows "| `column` | TYPE | meaning |".
std::map<std::string, Columns> documented_schema() {
  std::map<std::string, Columns> tables;
  Columns* table = nullptr;
  std::istringstream page(readme());
  const std::regex head("### `(\\w+)`"), column("\\| `([^`]+)` \\| ?(\\w*) \\| \\S.* \\|");
  std::smatch match;
  for (std::string line; std::getline(page, line);) {
    if (std::regex_match(line, match, head)) table = &tables[match[1]];
    if (!table || !std::regex_match(line, match, column)) continue;
    const std::string name = match[1], type = fmt::format(" {}", match[2].str());
    const std::size_t placeholder = name.find("<metric>");
    if (placeholder == std::string::npos) table->push_back(name + type);
    if (placeholder == std::string::npos) continue;
    for (const Metric& metric : metric_table()) {
      table->push_back(fmt::format("{}{}{}", name.substr(0, placeholder), metric.name, type));
    }
  }
  return tables;
}

}  // namespace

TEST_CASE("the schema page lists every table and view with its columns, types and order", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  const auto live = live_schema(file);
  const auto documented = documented_schema();
  REQUIRE(live.size() == 17);
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
  const std::string one_line = std::regex_replace(readme(), std::regex("\n"), " ");
  CHECK_THAT(one_line, Catch::Contains(fmt::format("in this order: {}.", fmt::join(names, ", "))));
}

TEST_CASE("every SQL example of the schema page runs", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  const std::string page = readme();
  const std::regex block("```sql\n([^`]+)```");
  int examples = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), block); it != std::sregex_iterator(); ++it) {
    INFO((*it)[1].str());
    CHECK_NOTHROW(run_query(file, (*it)[1].str(), {}, {}));
    ++examples;
  }
  CHECK(examples >= 4);
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

TEST_CASE("the steps of the schema are numbered from 1 without a gap", "[store]") {
  int version = 0;
  for (const Migration& step : migrations()) CHECK(step.version == ++version);
  CHECK(version == schema_version());
}

TEST_CASE("opening a file again applies no step twice and keeps what it holds", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("kept"), {variant_named("a")}, {1}); }
  { const Store store(file); }
  CHECK(rows(file, "SELECT name FROM study") == Columns{"kept"});
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
