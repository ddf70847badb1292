#include <cerrno>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/error.hpp"
#include "store/connection.hpp"
#include "store/schema.hpp"
#include "store/sql_functions.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr const char* other_file = "name another file with --db";

bool in_memory(const fs::path& path) { return path == ":memory:"; }

/// An absolute path, so that SQLite takes none for a URI or for a name of its own.
std::string sqlite_name(const fs::path& path) {
  return in_memory(path) ? path.string() : fs::absolute(path).string();
}

/// With the rights that SQLite has, which are the effective ones.
bool may_write(const fs::path& path) { return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0; }

/// Refuses whatever is no regular file: SQLite would wait for ever on a pipe.
void check_kind(const fs::path& path, const fs::file_status& status) {
  if (fs::is_directory(status)) {
    throw RequestError(fmt::format("{} is a folder, not a results file", path.string()),
                       fmt::format("name a file in it: --db {}", (path / "ablate.db").string()));
  }
  if (!fs::is_regular_file(status)) {
    throw RequestError(fmt::format("{} is not a regular file", path.string()), other_file);
  }
}

/// Whether it begins as a SQLite file does is SQLite's to say. We must not look ourselves: closing any
/// descriptor of a file drops all locks that this process holds on it (fcntl(2)), those of an open database
/// included. Only what is too short to be a database is for us to refuse: SQLite would take it for an empty
/// one and write over it.
void check_readable(const fs::path& path) {
  constexpr std::uintmax_t smallest_database = 512;  // one page of the smallest size
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > 0 && size < smallest_database) {
    throw RequestError(fmt::format("{} is no database: it is shorter than any", path.string()), other_file);
  }
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) == 0) return;
  throw RequestError(fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)),
                     "check the permissions of the file and of its folder");
}

void check_path_for_writing(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status)) {
    check_kind(path, status);
    return check_readable(path);
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::exists(folder, error)) {
    throw RequestError(fmt::format("cannot make {}: there is no folder {}", path.string(), folder.string()),
                       fmt::format("mkdir -p {}", folder.string()));
  }
  if (!fs::is_directory(folder, error)) {
    throw RequestError(fmt::format("cannot make {}: {} is not a folder", path.string(), folder.string()),
                       other_file);
  }
  if (!may_write(folder)) {
    throw RequestError(fmt::format("cannot make {}: the folder {}: {}", path.string(), folder.string(),
                                   std::strerror(errno)),
                       "check the folder's permissions, or name a file elsewhere with --db");
  }
}

void check_path_for_reading(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    throw RequestError(fmt::format("there is no results file {}", path.string()),
                       "`ablate run STUDY.yaml` makes one; --db FILE or $ABLATE_DB names another");
  }
  check_kind(path, status);
  check_readable(path);
}

std::int64_t number(SQLite::Database& database, const char* sql) {
  return database.execAndGet(sql).getInt64();
}

/// Refuses another program's file and a newer schema. Returns the schema's version; 0: the file is empty.
int check_identity(SQLite::Database& database, const fs::path& path) {
  // One transaction, one moment: between two reads another program may make its schema.
  SQLite::Transaction moment(database);
  const std::int64_t application = number(database, "PRAGMA application_id");
  const std::int64_t version = number(database, "PRAGMA user_version");
  const bool empty = number(database, "SELECT count(*) FROM sqlite_schema") == 0;
  moment.commit();
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
      return;
    } catch (const SQLite::Exception& error) {
      if (error.getErrorCode() != SQLITE_BUSY || waited >= busy_milliseconds) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

/// True when nobody like us can write to the file while we read it, and no log holds a part of it.
bool is_frozen(const fs::path& path) {
  std::error_code error;
  const fs::path log = path.string() + "-wal";
  const fs::path folder = fs::absolute(path).parent_path();
  return !fs::exists(log, error) && !may_write(path) && !may_write(folder);
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

/// The file and its schema's version, of ours or an older one.
std::pair<SQLite::Database, int> open_identified(const fs::path& path, int busy_milliseconds) {
  SQLite::Database database(read_only_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI, busy_milliseconds);
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  add_sql_functions(database.getHandle());
  const int version = check_identity(database, path);
  if (version > 0) return {std::move(database), version};
  throw RequestError(fmt::format("{} holds no results yet", path.string()),
                     "`ablate run STUDY.yaml` fills it");
}

}  // namespace

SQLite::Database open_for_writing(const fs::path& path, int busy_milliseconds) {
  if (!in_memory(path)) check_path_for_writing(path);
  return guarded(path, [&] {
    SQLite::Database database(sqlite_name(path),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI,
                              busy_milliseconds);
    if (sqlite3_db_readonly(database.getHandle(), "main") == 1)
      throw SQLite::Exception("read-only", SQLITE_READONLY);
    check_identity(database, path);
    use_wal(database, busy_milliseconds);
    database.exec("PRAGMA foreign_keys = ON");
    add_sql_functions(database.getHandle());
    migrate(database);
    return database;
  });
}

SQLite::Database open_existing(const fs::path& path) {
  check_path_for_reading(path);
  constexpr int writer_busy_milliseconds = 30'000;
  return open_for_writing(path, writer_busy_milliseconds);
}

std::string read_only_uri(const fs::path& path) {
  // An immutable file needs neither locks nor the files beside it.
  return file_uri(path) + (is_frozen(path) ? "?immutable=1" : "?mode=ro");
}

int version_for_reading(const fs::path& path) {
  check_path_for_reading(path);
  return guarded(path, [&] { return open_identified(path, reader_busy_milliseconds).second; });
}

SQLite::Database open_for_reading(const fs::path& path, int busy_milliseconds) {
  check_path_for_reading(path);
  return guarded(path, [&] {
    auto [database, version] = open_identified(path, busy_milliseconds);
    if (version < schema_version()) {
      throw RequestError(fmt::format("{} was made by an older ablate (schema {}, this program reads {})",
                                     path.string(), version, schema_version()),
                         fmt::format("ablate doctor --migrate --db {}", path.string()));
    }
    return std::move(database);
  });
}

}  // namespace ablate
