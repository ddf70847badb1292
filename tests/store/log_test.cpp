#include "store/log.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <thread>
#include <utility>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/time.hpp"
#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/settle.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

using Path = std::filesystem::path;

/// Does something once in the middle of a connection's next checkpoint: when that has read the log's header and
/// not looked yet at how much of the log is copied. SQLite gives back mapped pages at that moment (wal.c,
/// walIndexReadHdr's caller), which is a method of the file.
class InMidCheckpoint {
 public:
  InMidCheckpoint(sqlite3* connection, std::function<void()> action) {
    action_ = std::move(action);
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file_);
    original_ = file_->pMethods;
    methods_ = *original_;
    methods_.xUnfetch = [](sqlite3_file* file, sqlite3_int64 offset, void* page) {
      if (offset == 0 && !page && action_) std::exchange(action_, {})();
      return original_->xUnfetch(file, offset, page);
    };
    file_->pMethods = &methods_;
  }
  ~InMidCheckpoint() {
    file_->pMethods = original_;
    action_ = {};
  }
  InMidCheckpoint(const InMidCheckpoint&) = delete;
  InMidCheckpoint& operator=(const InMidCheckpoint&) = delete;
  bool came() const { return !action_; }

 private:
  static inline std::function<void()> action_;
  static inline const sqlite3_io_methods* original_ = nullptr;
  sqlite3_file* file_ = nullptr;
  sqlite3_io_methods methods_{};
};

/// A file of 40 rows, all of which a checkpoint has copied, a writer, and a connection that has not looked since.
struct Copied {
  Folder folder;
  Path file = folder / "a.db";
  SQLite::Database writer{file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  SQLite::Database late{file.string(), SQLite::OPEN_READWRITE};

  Copied() {
    writer.exec(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t(i INTEGER PRIMARY KEY, b)");
    late.exec("PRAGMA wal_autocheckpoint = 0");
    count(late);
    add(40);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA wal_checkpoint(PASSIVE)");
  }
  void add(int rows) {
    writer.exec(
        fmt::format("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
                    "INSERT INTO t(b) SELECT randomblob(3500) FROM n",
                    rows));
  }
  static int count(SQLite::Database& database) {
    return database.execAndGet("SELECT count(*) FROM t").getInt();
  }
  /// The rows that another program finds; -1: it finds a damaged file.
  int found() const {
    try {
      SQLite::Database other(file.string(), SQLite::OPEN_READONLY);
      return count(other);
    } catch (const SQLite::Exception&) {
      return -1;
    }
  }
};

constexpr auto soon = std::chrono::milliseconds(100);

}  // namespace

TEST_CASE("a checkpoint holds the write lock, so that nobody starts the log anew under it", "[store][log]") {
  Copied copied;
  bool refused = false;
  const InMidCheckpoint middle(copied.late.getHandle(), [&] {
    try {
      copied.add(1);
    } catch (const SQLite::Exception& error) {
      refused = error.getErrorCode() == SQLITE_BUSY;
    }
  });
  CHECK(checkpoint_log(copied.late.getHandle(), soon));
  CHECK(middle.came());
  CHECK(refused);
  copied.add(15);
  CHECK(copied.found() == 55);
}

TEST_CASE("SQLite loses rows in that moment where it has the fault, and doctor's word of it is right",
          "[store][log]") {
  Copied copied;
  const InMidCheckpoint middle(copied.late.getHandle(), [&] { copied.add(1); });
  copied.late.exec("PRAGMA wal_checkpoint(PASSIVE)");
  REQUIRE(middle.came());
  copied.add(15);
  CHECK((copied.found() == 56) == sqlite_has_log_fix());
}

TEST_CASE("the versions of SQLite with the fix are known", "[store][log]") {
  for (const int with : {3'051'003, 3'051'004, 3'053'000, 3'050'007, 3'050'010, 3'044'006})
    CHECK(has_log_fix(with));
  for (const int without :
       {3'007'000, 3'040'001, 3'044'005, 3'045'000, 3'049'002, 3'050'006, 3'051'000, 3'051'002})
    CHECK_FALSE(has_log_fix(without));
  CHECK(sqlite_version() == sqlite3_libversion());
}

namespace {

constexpr int small_log = 64;  // pages
constexpr int writers = 16;

double seconds_of_stress() {
  const char* asked = std::getenv("ABLATE_STRESS_SECONDS");
  return asked ? std::atof(asked) : 0.5;
}

/// One process that claims runs and gives each three epochs, until the time is over; returns how many it ended.
int write_runs(const Path& file, std::int64_t study, double seconds) {
  const Stopwatch watch;
  StoreOptions options;
  options.log_pages = small_log;
  Store store(file, options);
  const std::vector<float> weights(5000, 1.5f);
  const std::vector<std::uint8_t> state(20'000, 7);
  int ended = 0;
  while (watch.seconds() < seconds) {
    const auto run = claim(store, study);
    if (!run) break;
    for (int epoch = 1; epoch <= 3; ++epoch) {
      EpochRecord record = epoch_of(epoch, 0.5);
      record.weights = weights;
      record.checkpoint = state;
      store.add_epoch(run->id, record, 60.0);
    }
    store.finish(run->id, {});
    ++ended;
  }
  return ended;
}

/// Forks `body`, whose number comes back by wait(2) where it is below 256.
template <class Body>
pid_t in_a_child(Body&& body) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int code = 1;
  try {
    body();
    code = 0;
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
  }
  ::_exit(code);
}

}  // namespace

TEST_CASE("sixteen writers and a process that checkpoints lose no epoch on a small log, which stays small",
          "[store][log]") {
  const double seconds = seconds_of_stress();
  const Folder folder;
  const Path file = folder / "a.db";
  std::int64_t study = 0;
  {
    std::vector<std::int64_t> seeds(static_cast<std::size_t>(200 + 3000 * seconds));
    for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = static_cast<std::int64_t>(i);
    study = Store(file).plan(study_named("s"), {variant_named("a")}, seeds);
  }
  std::vector<pid_t> children;
  for (int i = 0; i < writers; ++i) children.push_back(in_a_child([&] { write_runs(file, study, seconds); }));
  std::uintmax_t longest = 0;
  const Stopwatch watch;
  while (watch.seconds() < seconds) {
    settle_log(file, std::chrono::milliseconds(20));
    longest = std::max(longest, log_bytes(file));
    Reader(file).studies();
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  CHECK(Reader(file).faults() == std::vector<std::string>());  // integrity_check among them
  CHECK(row(file, "SELECT count(*) FROM run WHERE status = 'done'") != "0");
  CHECK(row(file,
            "SELECT count(*) FROM run WHERE status = 'done' AND 3 <> (SELECT count(*) FROM epoch WHERE "
            "run_id = run.id)") == "0");
  CHECK(row(file,
            "SELECT count(*) FROM epoch_metric WHERE run_id IN (SELECT id FROM run WHERE status = 'done')") ==
        row(file, "SELECT 9 * count(*) FROM run WHERE status = 'done'"));
  CHECK(longest < (4 << 20));
}

TEST_CASE("who writes beside one that hardly ever lets the lock go gets a turn", "[store][log]") {
  const Folder folder;
  const Path file = folder / "a.db";
  StoreOptions impatient;
  impatient.busy_milliseconds = 3000;
  Store store(file, impatient);
  store.plan(study_named("s"), {variant_named("a")}, {1});
  const pid_t other = in_a_child([&] {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 30'000);
    for (;;) {
      database.exec("BEGIN IMMEDIATE");
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      database.exec("COMMIT");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  for (int i = 0; i < 5; ++i) CHECK_NOTHROW(store.add_machine({}));
  ::kill(other, SIGKILL);
  ::waitpid(other, nullptr, 0);
}

TEST_CASE("a results file is whole by itself once its writer is closed, whoever else has it open",
          "[store][log]") {
  const Folder folder;
  const Path file = folder / "a.db", alone = folder / "alone.db";
  { Store(file).plan(study_named("s"), {variant_named("a")}, {1}); }
  const Reader other(file);
  other.studies();
  {
    Store store(file);
    const auto run = claim(store, other.study("s").id);
    store.add_epoch(run->id, epoch_of(1, 0.5), 60.0);
    store.finish(run->id, {});
  }
  std::filesystem::copy_file(file, alone);
  CHECK(row(alone, "SELECT status, epochs_done FROM run") == "done|1");
}

TEST_CASE("a log that a killed writer left is brought into the file and removed", "[store][log]") {
  const Folder folder;
  const Path file = folder / "a.db", alone = folder / "alone.db";
  const pid_t child = ::fork();
  if (child == 0) {
    Store store(file);
    store.plan(study_named("s"), {variant_named("a")}, {1});
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  CHECK(log_bytes(file) > 0);
  CHECK(settle_log(file));
  CHECK_FALSE(std::filesystem::exists(folder / "a.db-wal"));
  CHECK(settle_log(file));
  CHECK_FALSE(settle_log(folder / "none.db"));
  CHECK(Reader(file).study("s").name == "s");
}
