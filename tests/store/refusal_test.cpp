#include <optional>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/stat.h>

#include "base/file.hpp"
#include "store/connection.hpp"
#include "store/merge_support.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"
#include "store/refused.hpp"
#include "store/schema.hpp"
#include "store/versions.hpp"
#include "support/as_nobody.hpp"
#include "support/home.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a file that is not a database is refused and left as it is", "[store]") {
  const Folder folder;
  const std::string content = GENERATE(as<std::string>(), "study: this is YAML\n", "x", "SQLite format 3");
  write_file(folder / "a.db", content);
  check_refused(folder / "a.db", "not a database");
  CHECK(read_file(folder / "a.db", 100) == content);
}

TEST_CASE("a file that only begins as a database does is refused", "[store]") {
  const Folder folder;
  write_file(folder / "a.db", std::string("SQLite format 3\0", 16) + std::string(2000, 'x'));
  for (const std::string& message : refusals(folder / "a.db"))
    CHECK_THAT(message, Catch::Contains("not a database"));
}

TEST_CASE("another program's database is refused and left as it is", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  SECTION("without an application id") { execute(file, "CREATE TABLE song(title TEXT)"); }
  SECTION("with an application id of its own") {
    execute(file, "PRAGMA application_id = 7; CREATE TABLE t(x)");
  }
  SECTION("with a schema version alone") { execute(file, "PRAGMA user_version = 1"); }
  const std::string before = read_file(file, 1 << 20);
  check_refused(file, "another program's database");
  CHECK(read_file(file, 1 << 20) == before);
}

TEST_CASE("a folder, a pipe and a missing folder are refused by what they are", "[store]") {
  const Folder folder;
  check_refused(folder.path(), "is a folder");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  check_refused(folder / "pipe", "not a regular file");
  CHECK_THAT(refusal([&] { Store(folder / "no/such/a.db"); }),
             Catch::Contains("no folder") && Catch::Contains("mkdir"));
  write_file(folder / "plain", std::string("text"));
  CHECK_THAT(refusal([&] { Store(folder / "plain/a.db"); }), Catch::Contains("not a folder"));
}

TEST_CASE("reading a file that is not there says how to make one, and makes none", "[store]") {
  const Folder folder;
  CHECK_THAT(refusal([&] { Reader(folder / "a.db"); }),
             Catch::Contains("ablate run") && Catch::Contains("--db"));
  CHECK_THAT(refusal([&] { run_query(folder / "a.db", "SELECT 1", {}, {}); }), Catch::Contains("ablate run"));
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("an empty file holds no results for a reader and becomes a results file for a writer", "[store]") {
  const Folder folder;
  write_file(folder / "a.db", {});
  CHECK_THAT(refusal([&] { Reader(folder / "a.db"); }), Catch::Contains("holds no results yet"));
  CHECK(refusal([&] { Store(folder / "a.db"); }).empty());
  CHECK(Reader(folder / "a.db").studies().empty());
}

TEST_CASE("a folder without the right to write is refused, and nothing is made", "[store]") {
  const Folder folder;
  ::chmod(folder.path().c_str(), 0555);
  {
    const AsNobody rights;
    CHECK_THAT(refusal([&] { Store(folder / "a.db"); }), Catch::Contains("Permission denied"));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a read-only file is refused to a writer and open to a reader", "[store]") {
  const Folder folder;
  const auto file = folder / "a 100%#?.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  ::chmod(file.c_str(), 0444);
  ::chmod(folder.path().c_str(), 0555);
  {
    const AsNobody rights;
    CHECK_THAT(refusal([&] { Store{file}; }), Catch::Contains("read-only") && Catch::Contains(file.string()));
    CHECK(Reader(file).study("s").name == "s");
    CHECK(row(file, "SELECT name FROM study") == "s");
  }
  ::chmod(folder.path().c_str(), 0755);
}

TEST_CASE("a file in use is read with its log by who may not write, through a link elsewhere too",
          "[store]") {
  const Folder folder, elsewhere;
  const auto file = folder / "a.db", link = elsewhere / "link.db";
  for (const Folder* each : {&folder, &elsewhere}) ::chmod(each->path().c_str(), 0755);
  std::filesystem::create_symlink(file, link);
  Store store(file);
  store.plan(study_named("s"), {variant_named("a")}, {1});
  const AsNobody rights;
  CHECK(row(file, "SELECT name FROM study") == "s");
  CHECK(row(link, "SELECT name FROM study") == "s");
}

TEST_CASE("a file that is read without locks is refused once somebody writes to it", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  ::chmod(folder.path().c_str(), 0755);
  std::optional<Reader> reader;
  {
    const AsNobody rights;
    reader.emplace(file);
    CHECK(reader->study("s").name == "s");
  }
  { Store(file).plan(study_named("t"), {variant_named("a")}, {1}); }
  CHECK_THAT(refusal([&] { reader->studies(); }), Catch::Contains("another user wrote to " + file.string()));
  CHECK(Reader(file).studies().size() == 2);
}

TEST_CASE("an empty log beside a file in a read-only folder does not keep it from being read", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  write_file(folder / "a.db-wal", {});
  ::chmod(file.c_str(), 0444);
  ::chmod(folder.path().c_str(), 0555);
  {
    const AsNobody rights;
    CHECK(Reader(file).study("s").name == "s");
  }
  ::chmod(folder.path().c_str(), 0755);
}

TEST_CASE("a log whose file was moved or removed keeps its results, and nothing new is made beside it",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db", log = folder / "a.db-wal", away = folder / "moved.db";
  std::optional<Store> store(file);
  const auto study = store->plan(study_named("s"), {variant_named("a")}, {1});
  const auto run = claim(*store, study);
  store->finish(run->id, {});
  std::filesystem::rename(file, away);
  SECTION("where there is no file") {}
  SECTION("where somebody made an empty one") { write_file(file, {}); }
  const auto bytes = std::filesystem::file_size(log);
  for (const std::string& message : refusals(file))
    CHECK_THAT(message,
               Catch::Contains(log.string() + " is there and holds") && Catch::Contains("put it back"));
  const Folder other;
  { Store(other / "b.db").plan(study_named("t"), {variant_named("a")}, {1}); }
  CHECK_THAT(refusal([&] { merge_files({other / "b.db"}, file, {}, false); }),
             Catch::Contains("put it back"));
  CHECK(std::filesystem::file_size(log) == bytes);
  store.reset();
  std::filesystem::rename(away, file);
  CHECK(row(file, "SELECT status FROM run") == "done");
}

TEST_CASE("the one that cannot be written is named, not the results file beside it", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  store.plan(study_named("s"), {variant_named("a")}, {1});
  ::chmod(folder.path().c_str(), 0777);
  ::chmod(file.c_str(), 0666);
  ::chmod((folder / "a.db-wal").c_str(), 0444);
  ::chmod((folder / "a.db-shm").c_str(), 0444);
  const AsNobody rights;
  CHECK_THAT(refusal([&] { Store(file).plan(study_named("t"), {variant_named("a")}, {1}); }),
             Catch::Contains("a.db-wal"));
}

TEST_CASE("a file without the right to read is refused", "[store]") {
  const Folder folder;
  { const Store store(folder / "a.db"); }
  ::chmod((folder / "a.db").c_str(), 0000);
  ::chmod(folder.path().c_str(), 0755);
  const AsNobody rights;
  check_refused(folder / "a.db", "Permission denied");
}

TEST_CASE("a file that another program keeps locked is refused in the end", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  StoreOptions options;
  options.busy_milliseconds = 1;
  Store store(file, options);
  SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  CHECK_THAT(refusal([&] { store.plan(study_named("s"), {}, {}); }),
             Catch::Contains("locked by another program"));
  CHECK(Reader(file).studies().empty());  // reading goes on
  other.exec("ROLLBACK");
  CHECK(store.plan(study_named("s"), {}, {}) == 1);
}

TEST_CASE("a full disk is told as such", "[store]") {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec("PRAGMA max_page_count = 2; CREATE TABLE t(x)");
  Connection connection(std::move(database), "a.db");
  const std::string message = refusal([&] {
    connection.transaction([&] { Query(connection, "INSERT INTO t VALUES (zeroblob(100000))").run(); });
  });
  CHECK_THAT(message, Catch::Contains("cannot write a.db: the disk is full"));
}

TEST_CASE("a full folder for temporary files is told by its name, and the results file is not blamed",
          "[store]") {
  const Folder folder;
  const Environment sqlite("SQLITE_TMPDIR", ""), full("TMPDIR", "/proc");  // which has no room at any time
  REQUIRE(std::filesystem::space("/proc").available == 0);
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec("PRAGMA max_page_count = 2; CREATE TABLE t(x)");
  Connection connection(std::move(database), folder / "a.db");
  const std::string message = refusal([&] {
    connection.transaction([&] { Query(connection, "INSERT INTO t VALUES (zeroblob(100000))").run(); });
  });
  CHECK_THAT(message, Catch::Contains("the folder for temporary files, /proc, is full") &&
                          Catch::Contains("TMPDIR=") && !Catch::Contains("a.db"));
}

TEST_CASE("a damaged file is told as such, by doctor and by what reads it", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  {
    Store store(file);
    std::vector<std::int64_t> seeds(2000);
    for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = static_cast<std::int64_t>(i);
    store.plan(study_named("s"), {variant_named("a")}, seeds);
  }
  std::string bytes = read_file(file, 1 << 24);
  const std::size_t middle = bytes.size() / 2 / 4096 * 4096;
  bytes.replace(middle, bytes.size() - middle, bytes.size() - middle, 'x');
  write_file(file, bytes);
  const Reader reader(file);
  CHECK_FALSE(reader.faults().empty());
  CHECK_THAT(refusal([&] { reader.runs(1); }),
             Catch::Contains("is damaged") && Catch::Contains(file.string()));
}
