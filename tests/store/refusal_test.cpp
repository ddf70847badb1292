#include <optional>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.hpp"
#include "store/connection.hpp"
#include "store/merge.hpp"
#include "store/query.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"
#include "store/store_support.hpp"
#include "store/versions.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// What Store, Reader and run_query say of a file; each must refuse it and name it.
std::vector<std::string> refusals(const std::filesystem::path& file) {
  StoreOptions options;
  options.busy_milliseconds = 0;
  const std::vector<std::string> messages = {refusal([&] { Store(file, options); }),
                                             refusal([&] { Reader{file}; }),
                                             refusal([&] { run_query(file, "SELECT 1", {}, {}); })};
  for (const std::string& message : messages) CHECK_THAT(message, Catch::Contains(file.string()));
  return messages;
}

void check_refused(const std::filesystem::path& file, const std::string& part) {
  for (const std::string& message : refusals(file)) CHECK_THAT(message, Catch::Contains(part));
}

/// The rights of a user who may not write everywhere, while it lives: root is never refused anything.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0 && ::seteuid(65534) == 0) {}
  ~AsNobody() {
    if (was_root_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool was_root_;
};

}  // namespace

TEST_CASE("a file that is no database is refused and left as it is", "[store]") {
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

TEST_CASE("triggers and views that are not ours are refused on opening, and do not run", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  SECTION("a trigger that forges results") {
    execute(file,
            "CREATE TRIGGER t AFTER INSERT ON run_metric BEGIN UPDATE run_metric SET accuracy = 0.999; END");
    check_refused(file, "trigger t is none of ablate's");
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
               Catch::Contains("accuracy -1.7e+308, which no metric can be"));
    CHECK_THAT(Reader(file).faults().at(0), Catch::Contains("3 rows have a accuracy beyond 0 to 1 (run 1"));
  }
  SECTION("a number that is only wrong") {
    execute(file, "UPDATE run_metric SET kappa = 1.5 WHERE split = 'test'");
    CHECK_THAT(Reader(file).faults().at(0),
               Catch::Contains("table run_metric: 1 rows have a kappa beyond -1 to 1"));
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

TEST_CASE("the one that cannot be written is named, not the results file beside it", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  store.plan(study_named("s"), {variant_named("a")}, {1});
  ::chmod(folder.path().c_str(), 0777);
  ::chmod(file.c_str(), 0666);
  ::chmod((folder / "a.db-wal").c_str(), 0644);
  ::chmod((folder / "a.db-shm").c_str(), 0644);
  const AsNobody rights;
  if (::geteuid() == 0) return;
  CHECK_THAT(refusal([&] { Store(file).plan(study_named("t"), {variant_named("a")}, {1}); }),
             Catch::Contains("a.db-wal"));
}

TEST_CASE("tables and indexes that somebody added are left alone", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  execute(file, "CREATE TABLE mine(x); CREATE INDEX mine_too ON run(seed)");
  CHECK(Reader(file).study("s").name == "s");
  CHECK(refusal([&] { Store{file}; }).empty());
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

TEST_CASE("a file without our tables is told as such", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  { const Store store(file); }
  execute(file, "DROP TABLE leak");
  CHECK_THAT(refusal([&] { Reader{file}; }), Catch::Contains("table leak is not there"));
}
