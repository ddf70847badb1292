#include "store/query.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

struct Results {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Results() { Store(file).plan(study_named("s"), {variant_named("a")}, {1, 2, 3}); }
  std::string refused(const std::string& sql) const {
    return refusal([&] { run_query(file, sql, {}, {}); });
  }
};

}  // namespace

TEST_CASE("a query gives its columns once, then its rows with their types", "[store]") {
  const Results results;
  int heads = 0;
  std::vector<std::string> names;
  std::vector<Value> values;
  QuerySink sink;
  sink.columns = [&](const std::vector<std::string>& found) {
    ++heads;
    names = found;
  };
  sink.row = [&](const std::vector<Value>& row) { values = row; };
  CHECK_FALSE(run_query(results.file,
                        "SELECT 9007199254740993 AS big, 0.1 AS tenth, 'x' || char(10) AS text, NULL AS "
                        "missing, x'00ff' AS bytes, x'' AS empty, 9e999 AS infinite",
                        {}, sink));
  CHECK(heads == 1);
  CHECK(names == std::vector<std::string>{"big", "tenth", "text", "missing", "bytes", "empty", "infinite"});
  REQUIRE(values.size() == 7);
  CHECK(values[0] == Value(std::int64_t{9007199254740993}));
  CHECK(values[1] == Value(0.1));
  CHECK(values[2] == Value(std::string("x\n")));
  CHECK(values[3] == Value());
  CHECK(values[4] == Value(std::string("x'00ff'")));
  CHECK(values[5] == Value(std::string("x''")));
  CHECK(to_string(values[6]) == "inf");
}

TEST_CASE("a query without rows still gives its columns", "[store]") {
  const Results results;
  std::vector<std::string> names;
  QuerySink sink;
  sink.columns = [&](const std::vector<std::string>& found) { names = found; };
  run_query(results.file, "SELECT seed FROM run WHERE 0", {}, sink);
  CHECK(names == std::vector<std::string>{"seed"});
}

TEST_CASE("the row limit cuts a result and says so only when it did", "[store]") {
  const Results results;
  int count = 0;
  QuerySink sink;
  sink.row = [&](const std::vector<Value>&) { ++count; };
  QueryLimits limits;
  limits.rows = 2;
  CHECK(run_query(results.file, "SELECT * FROM run", limits, sink));
  CHECK(count == 2);
  limits.rows = 3;
  CHECK_FALSE(run_query(results.file, "SELECT * FROM run", limits, sink));
}

TEST_CASE("what only reads is allowed", "[store]") {
  const Results results;
  const std::string sql =
      GENERATE(as<std::string>(), "SELECT * FROM results", "select * from curves", "VALUES (1), (2)",
               "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 9) SELECT * FROM t",
               "EXPLAIN QUERY PLAN SELECT * FROM run", "PRAGMA table_info(run)", "PRAGMA TABLE_LIST",
               "PRAGMA user_version", "SELECT * FROM pragma_table_info('run')",
               "SELECT value FROM json_each('[1, 2]')", "SELECT * FROM sqlite_schema",
               "SELECT seed, row_number() OVER (ORDER BY seed) FROM run",
               "SELECT date('now'), sqrt(2), json_group_array(seed) FROM run",
               "-- a comment\nSELECT 1; -- and another\n;");
  INFO(sql);
  CHECK(results.refused(sql).empty());
}

TEST_CASE("what writes, attaches, loads or sets is refused and changes nothing", "[store]") {
  const Results results;
  const std::string before = read_file(results.file, 1 << 20);
  const std::string sql = GENERATE(
      as<std::string>(), "INSERT INTO study SELECT * FROM study", "UPDATE run SET seed = 9",
      "DELETE FROM run", "REPLACE INTO migration VALUES (1, 'x', 'x')", "DELETE FROM run RETURNING id",
      "INSERT INTO migration VALUES (9, 'x', 'x') ON CONFLICT DO NOTHING",
      "WITH t AS (SELECT 1) DELETE FROM run", "CREATE TABLE t(x)", "CREATE TEMP TABLE t(x)",
      "CREATE TABLE t AS SELECT 1", "CREATE VIEW v AS SELECT 1", "CREATE TEMP VIEW v AS SELECT 1",
      "CREATE INDEX i ON run(seed)", "CREATE TRIGGER t AFTER INSERT ON run BEGIN SELECT 1; END",
      "CREATE VIRTUAL TABLE t USING fts5(x)", "DROP TABLE run", "DROP VIEW results",
      "DROP INDEX run_by_study", "ALTER TABLE run RENAME TO r", "ALTER TABLE run ADD COLUMN x",
      "ALTER TABLE run DROP COLUMN error", "ATTACH 'other.db' AS o", "ATTACH ':memory:' AS o", "DETACH main",
      "VACUUM", "VACUUM INTO 'copy.db'", "ANALYZE", "REINDEX", "BEGIN", "BEGIN IMMEDIATE", "COMMIT",
      "ROLLBACK", "SAVEPOINT s", "RELEASE s", "PRAGMA user_version = 3", "PRAGMA application_id(4)",
      "PRAGMA journal_mode = DELETE", "PRAGMA journal_mode(memory)", "PRAGMA writable_schema = ON",
      "PRAGMA trusted_schema = ON", "PRAGMA foreign_keys = OFF", "PRAGMA query_only = OFF",
      "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA optimize", "PRAGMA incremental_vacuum",
      "PRAGMA temp_store_directory = '.'", "PRAGMA mmap_size = 0", "UPDATE sqlite_master SET name = 'x'",
      "INSERT INTO sqlite_schema VALUES (1, 2, 3, 4, 5)", "DELETE FROM sqlite_schema",
      "SELECT load_extension('x')", "SELECT Load_Extension('x', 'y')", "SELECT fts3_tokenizer('simple')",
      "SELECT * FROM pragma_wal_checkpoint", "EXPLAIN DELETE FROM run", "EXPLAIN QUERY PLAN DROP TABLE run",
      "INSERT OR REPLACE INTO run(id) VALUES (1)", "UPDATE OR IGNORE study SET name = 'x'",
      "UPDATE study SET name = 'x' RETURNING id",
      "WITH t(x) AS (VALUES (1)) INSERT INTO migration SELECT x, x, x FROM t",
      "INSERT INTO results VALUES (1)", "DELETE FROM curves",
      "CREATE TEMP TRIGGER t AFTER INSERT ON run BEGIN SELECT 1; END", "CREATE UNIQUE INDEX i ON run(uuid)",
      "CREATE TABLE IF NOT EXISTS run(x)", "DROP TABLE IF EXISTS nowhere", "DROP TRIGGER IF EXISTS nowhere",
      "CREATE VIRTUAL TABLE t USING csv(filename='/etc/passwd')", "CREATE VIRTUAL TABLE temp.t USING fts5(x)",
      "ALTER TABLE run RENAME COLUMN seed TO s", "DETACH DATABASE temp",
      "ATTACH 'file:other.db?mode=rwc' AS o", "REINDEX run", "ANALYZE run", "VACUUM main INTO 'copy.db'",
      "BEGIN EXCLUSIVE", "END", "ROLLBACK TO s", "PRAGMA synchronous = OFF",
      "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA cache_size = -1000000", "PRAGMA secure_delete = ON",
      "PRAGMA auto_vacuum = 1", "PRAGMA encoding = 'UTF-16'", "PRAGMA schema_version = 9",
      "PRAGMA hard_heap_limit = 0", "PRAGMA soft_heap_limit = 0", "PRAGMA threads = 8",
      "PRAGMA busy_timeout = 1", "PRAGMA ignore_check_constraints = ON", "PRAGMA recursive_triggers = ON",
      "PRAGMA shrink_memory", "PRAGMA data_store_directory = '.'", "PRAGMA main.journal_mode = OFF",
      "PRAGMA integrity_check = 1", "SELECT * FROM pragma_journal_mode", "SELECT readfile('/etc/passwd')",
      "SELECT writefile('copy.db', 'x')", "SELECT edit('x')", "SELECT * FROM zipfile('copy.db')",
      "SELECT * FROM fsdir('.')", "SELECT * FROM sqlite_dbpage", "UPDATE sqlite_dbpage SET data = x'00'",
      "UPDATE pragma_user_version SET user_version = 9", "SELECT sqlite_rename_table(1, 2, 3, 4, 5, 6, 7)",
      "SELECT sqlite_log(1, 'x')");
  INFO(sql);
  CHECK_THAT(results.refused(sql),
             Catch::Contains("refused: the query ") || Catch::Contains("not authorized to use function") ||
                 Catch::Contains("may not be modified") || Catch::Contains("because it is a view") ||
                 Catch::Contains("no such function") || Catch::Contains("no such table"));
  CHECK(read_file(results.file, 1 << 20) == before);
  CHECK_FALSE(std::filesystem::exists("other.db"));
  CHECK_FALSE(std::filesystem::exists("copy.db"));
}

TEST_CASE("a refusal says what the statement would have done", "[store]") {
  const Results results;
  CHECK_THAT(results.refused("DELETE FROM run"),
             Catch::Contains("write to run") && Catch::Contains("only reads"));
  CHECK_THAT(results.refused("CREATE TABLE t(x)"), Catch::Contains("change the database's schema"));
  CHECK_THAT(results.refused("ATTACH 'x' AS y"), Catch::Contains("attach another file"));
  CHECK_THAT(results.refused("PRAGMA user_version = 3"), Catch::Contains("PRAGMA user_version with a value"));
}

TEST_CASE("exactly one statement is run", "[store]") {
  const Results results;
  CHECK_THAT(results.refused("SELECT 1; SELECT 2"), Catch::Contains("one at a time"));
  CHECK_THAT(results.refused("SELECT 1; DELETE FROM run"), Catch::Contains("refused"));
  CHECK_THAT(results.refused(""), Catch::Contains("no statement"));
  CHECK_THAT(results.refused(" ;; -- nothing\n"), Catch::Contains("no statement"));
  CHECK_THAT(results.refused(std::string("SELECT 1\0; DELETE", 17)), Catch::Contains("zero byte at 8"));
}

TEST_CASE("a syntax error stands under its place in the text", "[store]") {
  const Results results;
  CHECK_THAT(results.refused("SELECT seed FORM run x"), Catch::Contains("near \"run\": syntax error\n"
                                                                        "  SELECT seed FORM run x\n"
                                                                        "                   ^"));
  CHECK_THAT(results.refused("SELECT seed,\n\t'\xc3\xa9', wrong\nFROM run"),
             Catch::Contains("\n  \t'\xc3\xa9', wrong\n  \t     ^"));
  CHECK_THAT(results.refused("SELECT 1; SELCT"), Catch::Contains("\n  SELECT 1; SELCT\n            ^"));
  CHECK_THAT(results.refused("SELECT (1"), Catch::Contains("incomplete input"));
}

TEST_CASE("a long line is shown around the error only", "[store]") {
  const Results results;
  const std::string message =
      results.refused(fmt::format("SELECT {}wrong{}", std::string(5000, ' '), std::string(5000, ' ')));
  CHECK_THAT(message, Catch::Contains("no such column: wrong") && Catch::Contains("^"));
  CHECK(message.size() < 500);
}

TEST_CASE("a wrong table or column gets the nearest right one", "[store]") {
  const Results results;
  CHECK_THAT(results.refused("SELECT * FROM result"), Catch::Contains("did you mean 'results'?"));
  CHECK_THAT(results.refused("SELECT test_acuracy FROM results"),
             Catch::Contains("did you mean 'test_accuracy'?"));
  CHECK_THAT(results.refused("SELECT r.sed FROM run AS r"), Catch::Contains("did you mean 'seed'?"));
  CHECK_THAT(results.refused("SELECT \"done\""), Catch::Contains("single quotes"));
  CHECK_THAT(results.refused("SELECT kind FROM audit"), Catch::Contains("it is a column of leak"));
}

TEST_CASE("a query that runs away is stopped at its limit", "[store]") {
  const Results results;
  QueryLimits limits;
  limits.seconds = 0.02;
  const std::string sql = GENERATE(
      as<std::string>(),
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT sum(x) FROM t",
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x FROM t ORDER BY -x",
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 3000) SELECT count(*) FROM t "
      "AS a, t AS b, t AS c",
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT median(x) FROM t",
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(DISTINCT x) FROM t");
  CHECK_THAT(refusal([&] { run_query(results.file, sql, limits, {}); }),
             Catch::Contains("stopped after 0.02 s"));
}

TEST_CASE("values and texts out of all bounds are refused", "[store]") {
  const Results results;
  for (const char* sql :
       {"SELECT zeroblob(1000000000)", "SELECT randomblob(1000000000)", "SELECT hex(zeroblob(40000000))",
        "SELECT replace(hex(zeroblob(30000000)), '0', '00000')",
        "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 1000) "
        "SELECT group_concat(hex(zeroblob(100000))) FROM t",
        "WITH RECURSIVE t(x) AS (SELECT 'xx' UNION ALL SELECT x || x FROM t) SELECT x FROM t"}) {
    INFO(sql);
    CHECK_THAT(results.refused(sql), Catch::Contains("too big"));
  }
  CHECK_THAT(results.refused(fmt::format("SELECT {}1{}", std::string(5000, '('), std::string(5000, ')'))),
             !Catch::Equals(""));
  CHECK_THAT(results.refused(fmt::format("SELECT 1{}", std::string(2 << 20, ' '))),
             Catch::Contains("too big"));
}

TEST_CASE("what a query's taker throws comes through", "[store]") {
  const Results results;
  QuerySink sink;
  sink.row = [](const std::vector<Value>&) { throw std::runtime_error("enough"); };
  CHECK_THROWS_WITH(run_query(results.file, "SELECT * FROM run", {}, sink), "enough");
}

TEST_CASE("a row that takes more memory than a query may have is refused, and the next query runs",
          "[store]") {
  const Results results;
  std::string sql = "SELECT zeroblob(60000000) || ''";
  for (int i = 0; i < 9; ++i) sql += ", zeroblob(60000000) || ''";
  CHECK_THAT(results.refused(sql), Catch::Contains("more than 512 MiB of memory"));
  CHECK(results.refused("SELECT zeroblob(60000000) || ''").empty());
}

TEST_CASE("parameters take their places by name, with their types", "[store]") {
  const Results results;
  std::vector<Value> found;
  QuerySink sink;
  sink.row = [&](const std::vector<Value>& row) { found = row; };
  const std::string hostile = "x'; DELETE FROM run; --";
  run_query(results.file, "SELECT :whole, @number, $text, :none, :whole + 1, typeof(:none)", {}, sink,
            {{"whole", std::int64_t{7}}, {"number", 0.5}, {"text", hostile}, {"none", {}}});
  CHECK(found == std::vector<Value>{std::int64_t{7}, 0.5, hostile, Value(), std::int64_t{8}, "null"});
}

TEST_CASE("a parameter without a value, without a name or without a place is refused", "[store]") {
  const Results results;
  const auto refused = [&](const std::string& sql, const QueryParameters& parameters) {
    return refusal([&] { run_query(results.file, sql, {}, {}, parameters); });
  };
  CHECK_THAT(refused("SELECT :study", {}),
             Catch::Contains("needs a value for :study") && Catch::Contains("--param study=VALUE"));
  CHECK_THAT(refused("SELECT :study", {{"study", "s"}, {"stdy", "s"}}),
             Catch::Contains("no parameter :stdy") && Catch::Contains("did you mean 'study'?"));
  CHECK_THAT(refused("SELECT 1", {{"study", "s"}}), Catch::Contains("it takes none"));
  CHECK_THAT(refused("SELECT ?", {}), Catch::Contains("without a name"));
  CHECK_THAT(refused("SELECT ?1", {}), Catch::Contains("without a name"));
}

TEST_CASE("a parameter is a number where its whole text reads as one, else text", "[store]") {
  CHECK(parameter_value("12") == Value(std::int64_t{12}));
  CHECK(parameter_value("-1e-3") == Value(-1e-3));
  CHECK(parameter_value("0.8") == Value(0.8));
  CHECK(parameter_value("9223372036854775808") == Value(9223372036854775808.0));
  for (const char* text :
       {"", "nan", "inf", "-inf", "12 ", "1,5", "0x1f", "944e7d26-b424", "1e999", "+", "."})
    CHECK(parameter_value(text) == Value(std::string(text)));
  CHECK(parameter_value("'12'") == Value(std::string("12")));
  CHECK(parameter_value("'") == Value(std::string("'")));
}
