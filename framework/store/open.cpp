#include <cstring>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "store/connection.hpp"
#include "store/file_checks.hpp"
#include "store/log.hpp"
#include "store/network_disk.hpp"
#include "store/reader.hpp"
#include "store/schema.hpp"
#include "store/schema_check.hpp"
#include "store/sql_functions.hpp"
#include "store/turns.hpp"
#include "store/views.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr const char* other_file = "name another file with --db";
/// What stays of a long log's file when it is started anew.
constexpr std::int64_t kept_log_bytes = 16 << 20;

bool in_memory(const fs::path& path) { return path == ":memory:"; }

/// An absolute path, so that SQLite takes none for a URI or for a name of its own.
std::string sqlite_name(const fs::path& path) {
  return in_memory(path) ? path.string() : fs::absolute(path).string();
}

std::int64_t file_number(SQLite::Database& database, const char* sql) {
  return database.execAndGet(sql).getInt64();
}

/// Refuses another program's file and a newer schema. Returns the schema's version; 0: the file is empty.
int check_identity(SQLite::Database& database, const fs::path& path) {
  // One transaction, one moment: between two reads another program may make its schema.
  SQLite::Transaction moment(database);
  const std::int64_t application = file_number(database, "PRAGMA application_id");
  const std::int64_t version = file_number(database, "PRAGMA user_version");
  const bool empty = file_number(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (application == 0 && version == 0 && empty) return 0;
  if (application != application_id) {
    throw RequestError(
        fmt::format("{} is another program's database (application id {})", path.string(), application),
        other_file);
  }
  if (version > schema_version()) {
    throw RequestError(fmt::format("{} was made by a newer ablate (schema {}, this program knows {})",
                                   path.string(), version, schema_version()),
                       "update this program, or name another file with --db");
  }
  return static_cast<int>(version);
}

/// Switches to write-ahead logging. SQLite does not wait for others here, even with a busy timeout, so we do.
void use_wal(SQLite::Database& database, int busy_milliseconds) {
  for (int waited = 0;; waited += 10) {
    try {
      // Where the file system cannot do it, the rollback journal stays; that one needs full syncs to be safe.
      const bool wal = database.execAndGet("PRAGMA journal_mode = WAL").getString() == "wal";
      database.exec(wal ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
      database.exec(fmt::format("PRAGMA journal_size_limit = {}", kept_log_bytes));
      return;
    } catch (const SQLite::Exception& error) {
      if (error.getErrorCode() != SQLITE_BUSY || waited >= busy_milliseconds) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

/// "file:/a%20b".
std::string file_uri(const fs::path& path) {
  std::string uri = "file:";
  for (const char c : sqlite_name(path)) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) || std::strchr("/-_.~", c);
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

/// Nothing of a file's schema runs by itself: it has no triggers of ours, and its views call no functions that reach
/// beyond the data.
void distrust(SQLite::Database& database) {
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

/// Reading the header rolls back the change that a killed program left half-written (a "hot" journal beside the file),
/// which a reader may not do.
void roll_back(const fs::path& path, int busy_milliseconds) {
  SQLite::Database database(sqlite_name(path), SQLite::OPEN_READWRITE | SQLite::OPEN_URI, busy_milliseconds);
  distrust(database);
  check_identity(database, path);
}

/// Opens the file for reading, after what was left half-written in it is undone.
SQLite::Database open_sound(const fs::path& path, int busy_milliseconds) {
  const auto open = [&] {
    SQLite::Database database(read_only_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI,
                              busy_milliseconds);
    file_number(database, "PRAGMA user_version");
    return database;
  };
  try {
    return open();
  } catch (const SQLite::Exception& error) {
    if (error.getExtendedErrorCode() != SQLITE_READONLY_ROLLBACK || !may_write(path)) throw;
  }
  roll_back(path, busy_milliseconds);
  return open();
}

/// The file, and its schema's version, of ours or an older one.
std::pair<Connection, int> open_identified(const fs::path& path, int busy_milliseconds) {
  std::optional<StillFile> still;
  if (StillFile::is_one(path)) still.emplace(path);
  SQLite::Database database = open_sound(path, busy_milliseconds);
  distrust(database);
  add_sql_functions(database.getHandle());
  const int version = check_identity(database, path);
  if (version > 0) return {Connection(std::move(database), path, std::move(still)), version};
  throw NoResultsYet(fmt::format("{} holds no results yet", path.string()),
                     "`ablate run STUDY.yaml` fills it");
}

/// `make` is SQLite::OPEN_CREATE where a missing file is made.
SQLite::Database opened_for_writing(const fs::path& path, int busy_milliseconds, int log_pages, int make) {
  if (!in_memory(path)) check_local_disk(path);
  return guarded(path, [&] {
    SQLite::Database database(sqlite_name(path), SQLite::OPEN_READWRITE | SQLite::OPEN_URI | make,
                              busy_milliseconds);
    if (sqlite3_db_readonly(database.getHandle(), "main") == 1)
      throw SQLite::Exception("read-only", SQLITE_READONLY);
    wait_for_turns(database.getHandle(), busy_milliseconds);
    distrust(database);
    keep_log_short(database.getHandle(), log_pages);
    if (const int version = check_identity(database, path); version > 0)
      check_schema(database, path.string(), version, true);
    use_wal(database, busy_milliseconds);
    database.exec("PRAGMA foreign_keys = ON");
    add_sql_functions(database.getHandle());
    migrate(database, path.string());
    return database;
  });
}

}  // namespace

SQLite::Database open_for_writing(const fs::path& path, int busy_milliseconds, int log_pages) {
  if (!in_memory(path)) check_path_for_writing(path);
  return opened_for_writing(path, busy_milliseconds, log_pages, SQLite::OPEN_CREATE);
}

SQLite::Database open_existing(const fs::path& path, int busy_milliseconds, int log_pages) {
  check_path_for_reading(path);
  try {
    return opened_for_writing(path, busy_milliseconds, log_pages, 0);
  } catch (const RequestError&) {
    check_still_there(path);
    throw;
  }
}

std::string read_only_uri(const fs::path& path) {
  // An immutable file needs neither locks nor the files beside it.
  return file_uri(path) + (StillFile::is_one(path) ? "?immutable=1" : "?mode=ro");
}

int version_for_reading(const fs::path& path) {
  check_path_for_reading(path);
  return guarded(path, [&] { return open_identified(path, reader_busy_milliseconds).second; });
}

std::vector<std::string> schema_faults_for_reading(const fs::path& path) {
  check_path_for_reading(path);
  return guarded(path, [&] {
    auto [connection, version] = open_identified(path, reader_busy_milliseconds);
    std::vector<std::string> faults = schema_faults(connection.database(), version);
    if (faults.empty() && version == schema_version()) faults = view_faults(connection.database());
    return faults;
  });
}

Connection open_for_reading(const fs::path& path, int busy_milliseconds) {
  check_path_for_reading(path);
  return guarded(path, [&] {
    auto [connection, version] = open_identified(path, busy_milliseconds);
    check_schema(connection.database(), path.string(), version);
    if (version < schema_version()) {
      throw RequestError(fmt::format("{} was made by an older ablate (schema {}, this program reads {})",
                                     path.string(), version, schema_version()),
                         fmt::format("ablate doctor --migrate --db {}", shell_word(path.string())));
    }
    return std::move(connection);
  });
}

}  // namespace ablate
