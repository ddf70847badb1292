#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "big_database.hpp"
#include "store/named_queries.hpp"
#include "store/query.hpp"
#include "store/store_support.hpp"
#include "support/approve.hpp"
#include "support/source_folder.hpp"
#include "text/table_writer.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

const char* const page = "framework/store/README.md";

/// The file that the page's answers are of.
const std::filesystem::path& made_up() {
  static const Folder folder;
  static const auto file = [] {
    make_big_database(folder / "a.db", {2, 6, 4, true});
    return folder / "a.db";
  }();
  return file;
}

std::vector<Column> columns_of(const std::vector<std::string>& names) {
  std::vector<Column> columns;
  for (const std::string& name : names) columns.push_back({name});
  return columns;
}

std::string answer(const std::string& sql, Format format) {
  std::ostringstream out;
  std::unique_ptr<TableWriter> writer;
  run_query(made_up(), sql, {},
            {[&](const std::vector<std::string>& names) {
               writer = std::make_unique<TableWriter>(out, format, columns_of(names));
             },
             [&](const std::vector<Value>& row) { writer->row(row); }});
  writer->finish();
  return out.str();
}

/// The page cut before and after the text of each block of a kind: every second piece is a block.
std::vector<std::string> cut_at_blocks(const std::string& text, const std::string& kind) {
  std::vector<std::string> pieces;
  std::size_t at = 0;
  const std::string head = fmt::format("```{}\n", kind);
  for (std::size_t begin; (begin = text.find(head, at)) != std::string::npos;) {
    begin += head.size();
    const std::size_t end = text.find("```", begin);
    pieces.push_back(text.substr(at, begin - at));
    pieces.push_back(text.substr(begin, end - begin));
    at = end;
  }
  pieces.push_back(text.substr(at));
  return pieces;
}

std::vector<std::string> questions() {
  const auto pieces = cut_at_blocks(read_file(source_folder() / page, 1 << 20), "sql");
  std::vector<std::string> found;
  for (std::size_t i = 1; i < pieces.size(); i += 2) found.push_back(pieces[i]);
  return found;
}

/// What SQLite's shell answers as JSON; nothing where it is not installed.
std::string shell_answer(const std::string& sql) {
  const Folder folder;
  write_file(folder / "question.sql", sql + ";");
  const std::string command = fmt::format("sqlite3 -readonly -json '{}' < '{}' 2>&1", made_up().string(),
                                          (folder / "question.sql").string());
  const std::unique_ptr<FILE, int (*)(FILE*)> shell(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  for (int c; (c = std::fgetc(shell.get())) != EOF;) text += static_cast<char>(c);
  return text;
}

bool has_shell() {
  if (std::system("command -v sqlite3 > /dev/null") == 0) return true;
  WARN("Debian's package sqlite3 is not installed");
  return false;
}

/// The shell prints 15 digits of a number.
void check_same(const nlohmann::json& ours, const nlohmann::json& theirs) {
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    REQUIRE(ours[i].size() == theirs[i].size());
    for (const auto& [key, value] : ours[i].items()) {
      INFO(key);
      if (value.is_number()) {
        CHECK(value.get<double>() == Approx(theirs[i].at(key).get<double>()).epsilon(1e-14));
      } else {
        CHECK(value == theirs[i].at(key));
      }
    }
  }
}

/// Whether the statement reads a table from its beginning to its end: SQLite's program for it then rewinds a
/// cursor that was opened on the table's first page.
bool scans(const std::filesystem::path& file, const std::string& sql, const std::string& table,
           const QueryParameters& parameters) {
  const std::string root =
      row(file, fmt::format("SELECT rootpage FROM sqlite_schema WHERE name = '{}'", table));
  std::vector<std::string> cursors;
  bool found = false;
  QuerySink sink;
  sink.row = [&](const std::vector<Value>& row) {  // addr, opcode, p1, p2, ...
    const std::string opcode = to_string(row[1]), cursor = to_string(row[2]);
    if (opcode == "OpenRead" && to_string(row[3]) == root) cursors.push_back(cursor);
    const bool ours = std::find(cursors.begin(), cursors.end(), cursor) != cursors.end();
    found = found || (ours && (opcode == "Rewind" || opcode == "Last"));
  };
  run_query(file, "EXPLAIN " + sql, {}, sink, parameters);
  return found;
}

}  // namespace

TEST_CASE("the answers on the schema page are the program's", "[store]") {
  REQUIRE(questions().size() == 5);
  auto pieces = cut_at_blocks(read_file(source_folder() / page, 1 << 20), "text");
  REQUIRE(pieces.size() == 11);
  std::string text;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    text += i % 2 == 0 ? pieces[i] : answer(questions()[i / 2], Format::table);
  approve(page, text);
}

TEST_CASE(
    "SQLite's shell gives the program's answers to the questions of the schema page, and reads the views",
    "[store]") {
  if (!has_shell()) return;
  std::vector<std::string> asked = questions();
  asked.push_back("SELECT * FROM results ORDER BY run_id LIMIT 500");
  asked.push_back("SELECT * FROM curves WHERE run_id BETWEEN 995 AND 1005");
  for (const std::string& sql : asked) {
    INFO(sql);
    check_same(nlohmann::json::parse(answer(sql, Format::json)), nlohmann::json::parse(shell_answer(sql)));
  }
}

TEST_CASE("no named query and no question of the schema page reads the epochs of all runs", "[store]") {
  CHECK(scans(made_up(), "SELECT avg(accuracy) FROM epoch_metric", "epoch_metric", {}));
  for (const char* table : {"epoch_metric", "epoch"}) {
    for (const std::string& sql : questions()) {
      INFO(sql);
      CHECK_FALSE(scans(made_up(), sql, table, {}));
    }
    for (const NamedQuery& query : named_queries()) {
      INFO(query.name);
      QueryParameters parameters;
      for (const NamedQueryParameter& p : query.parameters)
        parameters[p.name] = p.has_default ? p.usual : Value(std::string("sweep_000"));
      CHECK_FALSE(scans(made_up(), query.sql, table, parameters));
    }
    CHECK_FALSE(scans(made_up(), "SELECT * FROM curves WHERE run_id = 7", table, {}));
    CHECK_FALSE(scans(made_up(), "SELECT * FROM curves WHERE study = 'sweep_000'", table, {}));
    CHECK_FALSE(scans(made_up(), "SELECT * FROM results", table, {}));
  }
}
