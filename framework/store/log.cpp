#include "store/log.hpp"

#include <cstring>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "store/file_checks.hpp"
#include "store/settle.hpp"
#include "store/turns.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Below the bound from which readers are waited for, the next commit tries again.
constexpr milliseconds short_patience{100};
constexpr milliseconds long_patience{1000};
constexpr milliseconds between_tries{2};
constexpr milliseconds for_others{2};

/// Holds the write lock of a results file, by a connection that writes nothing.
class WriteLock {
 public:
  WriteLock(const char* file, milliseconds patience)
      : database_(file, SQLite::OPEN_READWRITE, static_cast<int>(patience.count())) {
    wait_for_turns(database_.getHandle(), static_cast<int>(patience.count()));
    database_.exec("BEGIN IMMEDIATE");
  }

 private:
  SQLite::Database database_;  // closing it rolls back
};

/// True where all of the log is in the file.
bool copy_log(sqlite3* connection) {
  int frames = 0, copied = 0;
  const int result =
      sqlite3_wal_checkpoint_v2(connection, "main", SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);
  return result == SQLITE_OK && copied >= frames;
}

int after_commit(void* log_pages, sqlite3* connection, const char* schema, int pages) {
  const auto bound = reinterpret_cast<std::intptr_t>(log_pages);
  if (pages < bound || std::strcmp(schema, "main") != 0) return SQLITE_OK;
  checkpoint_log(connection, pages < 2 * bound ? short_patience : long_patience);
  std::this_thread::sleep_for(for_others);  // they have waited for all of that
  return SQLITE_OK;
}

}  // namespace

void keep_log_short(sqlite3* connection, int log_pages) {
  // SQLite's own checkpoint is a hook too: there is but one at a time.
  sqlite3_wal_hook(connection, after_commit, reinterpret_cast<void*>(std::intptr_t{log_pages}));
}

bool checkpoint_log(sqlite3* connection, milliseconds patience) noexcept {
  const char* file = sqlite3_db_filename(connection, "main");
  if (!file || *file == '\0') return true;  // in memory
  try {
    const auto end = Clock::now() + patience;
    const WriteLock lock(file, patience);
    bool whole = copy_log(connection);
    while (!whole && Clock::now() < end) {
      std::this_thread::sleep_for(between_tries);
      whole = copy_log(connection);
    }
    return whole;
  } catch (const std::exception&) {
    return false;  // another program writes; the log keeps what it has
  }
}

bool settle_log(const fs::path& path, milliseconds patience) noexcept {
  try {
    std::error_code error;
    if (!fs::exists(log_of(path), error)) return fs::exists(path, error);
    SQLite::Database database(fs::absolute(path).string(), SQLite::OPEN_READWRITE,
                              static_cast<int>(patience.count()));
    keep_log_short(database.getHandle());
    database.execAndGet("SELECT count(*) FROM sqlite_schema");  // opens the log
    return checkpoint_log(database.getHandle(), patience);
  } catch (const std::exception&) {
    return false;
  }
}

std::string sqlite_version() { return sqlite3_libversion(); }

bool has_log_fix(int version_number) {
  constexpr int withdrawn = 3'052'000;
  if (version_number >= 3'051'003) return version_number != withdrawn;
  const bool on_3_50 = version_number >= 3'050'007 && version_number < 3'051'000;
  const bool on_3_44 = version_number >= 3'044'006 && version_number < 3'045'000;
  return on_3_50 || on_3_44;
}

bool sqlite_has_log_fix() { return has_log_fix(sqlite3_libversion_number()); }

}  // namespace ablate
