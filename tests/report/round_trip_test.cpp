#include <cstdlib>
#include <optional>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "report/collect.hpp"
#include "report/csv_reader.hpp"
#include "report/folder.hpp"
#include "report/render.hpp"
#include "report/section_of.hpp"
#include "report/synthetic.hpp"
#include "support/programs.hpp"
#include "text/escape.hpp"

using namespace ablate;

namespace {

const std::string hostile = "a,b \"q\" 'x' | <script> &\nnext\r\nline \u05E9 \U0001F642 \\ ";

/// Every table and figure of the report, by its file.
std::vector<std::pair<std::string, Table>> all_tables(const Comparison& comparison) {
  std::vector<std::pair<std::string, Table>> tables = {
      {"tables/comparison.csv", file_table(comparison, "comparison")},
      {"tables/metrics.csv", file_table(comparison, "metrics")},
      {"tables/runs.csv", file_table(comparison, "runs")},
      {"tables/factors.csv", file_table(comparison, "factors")},
      {"tables/variance.csv", file_table(comparison, "variance")},
      {"tables/contrast_seeds.csv", file_table(comparison, "contrast_seeds")}};
  for (const Figure& figure : figures_of(comparison))
    tables.emplace_back(fmt::format("data/{}.csv", figure.plot.name), figure.data);
  return tables;
}

Comparison hostile_study() {
  auto records = synthetic::records({{hostile, "b", " padded ", "d", "e"}, 3, 2, true});
  for (const std::size_t i : {1, 3}) records.variants[i].factors[0].value = hostile;
  records.variants[4].factors = {{"model.skip", std::string()}};  // the empty text, and NULL for the other
  synthetic::end(records, 6, RunStatus::failed, hostile);
  return compare(records, {});
}

bool same(const Value& value, const std::optional<std::string>& field) {
  if (std::holds_alternative<std::monostate>(value)) return !field;
  if (!field) return false;
  if (const auto* text = std::get_if<std::string>(&value)) return *text == *field;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::stoll(*field) == *whole;
  return std::strtod(field->c_str(), nullptr) == std::get<double>(value);
}

/// A cell as sqlite3's .import keeps it: text, the empty one for NULL.
std::string as_imported(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return to_string(value);
}

}  // namespace

TEST_CASE(
    "every CSV of a report reads back as the values that it was written from, NULL and empty text apart") {
  const TestFolder folder("csv");
  const auto comparison = hostile_study();
  render_report(comparison, folder.path(), {.gnuplot = "none", .outputs = parse_outputs("tables,data")});
  for (const auto& [name, table] : all_tables(comparison)) {
    INFO(name);
    const auto rows = read_csv(folder.text(name));
    REQUIRE(rows.size() == table.rows.size() + 1);
    REQUIRE(rows[0].size() == table.columns.size());
    for (std::size_t c = 0; c < table.columns.size(); ++c) CHECK(*rows[0][c] == table.columns[c].name);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        INFO("row " << r << ", " << table.columns[c].name);
        CHECK(same(table.rows[r][c], rows[r + 1].at(c)));
      }
    }
  }
}

TEST_CASE("sqlite3 imports every CSV of a report, with the same texts and numbers") {
  if (!has_program("sqlite3")) {
    WARN("no sqlite3 here: the CSV files were not imported (apt install sqlite3)");
    return;
  }
  const TestFolder folder("csv-import");
  const auto comparison = hostile_study();
  render_report(comparison, folder.path(), {.gnuplot = "none", .outputs = parse_outputs("tables,data")});
  std::string script = ".mode csv\n";
  for (const auto& [name, table] : all_tables(comparison)) {
    script += fmt::format(".import '{}' \"{}\"\n", (folder.path() / name).string(), name);
  }
  for (const auto& [name, table] : all_tables(comparison))
    script += fmt::format(".output '{}.json'\n.mode json\nSELECT * FROM \"{}\";\n",
                          (folder.path() / slug(name)).string(), name);
  write_file(folder.path() / "import.sql", script);
  const std::string command =
      fmt::format("sqlite3 '{0}/a.db' <'{0}/import.sql' 2>'{0}/said'", folder.path().string());
  REQUIRE(std::system(command.c_str()) == 0);
  CHECK(folder.text("said").empty());
  for (const auto& [name, table] : all_tables(comparison)) {
    INFO(name);
    const auto read = nlohmann::ordered_json::parse(folder.text(slug(name) + ".json"));
    REQUIRE(read.size() == table.rows.size());
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        INFO("row " << r << ", " << table.columns[c].name);
        CHECK(read[r].at(table.columns[c].name) == as_imported(table.rows[r][c]));
      }
    }
  }
}
