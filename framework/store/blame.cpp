#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.hpp"
#include "store/connection.hpp"
#include "store/no_room.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// Room that SQLite needs at least to go on, in bytes.
constexpr std::uintmax_t little_room = 1 << 20;

bool has_little_room(const fs::path& folder) {
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  return !error && space.available < little_room;
}

/// SQLite's folder for what does not fit into memory (sqlite.org/tempfiles.html), where that is what is full, and not
/// the file's own; else nothing.
fs::path full_temporary_folder(const fs::path& path) {
  std::error_code error;
  if (has_little_room(fs::absolute(path, error).parent_path())) return {};
  for (const char* variable : {"SQLITE_TMPDIR", "TMPDIR"}) {
    const char* folder = std::getenv(variable);
    if (folder && fs::is_directory(folder, error)) return has_little_room(folder) ? folder : fs::path();
  }
  for (const char* folder : {"/var/tmp", "/usr/tmp", "/tmp"}) {
    if (fs::is_directory(folder, error)) return has_little_room(folder) ? folder : fs::path();
  }
  return {};
}

/// What a file may have in bytes (setrlimit(2)), where the file or its log is about that long; else 0.
std::uintmax_t reached_size_limit(const fs::path& path) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 0;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  const std::uintmax_t longest = std::max(error ? 0 : size, log_bytes(path));
  return longest + little_room >= limit.rlim_cur ? limit.rlim_cur : 0;
}

/// The file, or the one beside it that we may not write although we may write the file.
std::string name_read_only(const fs::path& path) {
  const auto may_be_written = [](const fs::path& file) {
    return ::faccessat(AT_FDCWD, file.c_str(), W_OK, AT_EACCESS) == 0 || errno == ENOENT;
  };
  const std::string log = log_of(path).string();
  const std::string index = log.substr(0, log.size() - 3) + "shm";
  for (const std::string& beside : {log, index}) {
    if (may_be_written(path) && !may_be_written(beside)) return beside;
  }
  return path.string();
}

[[noreturn]] void blame_full(const fs::path& path) {
  if (const fs::path folder = full_temporary_folder(path); !folder.empty()) {
    throw RequestError(fmt::format("the folder for temporary files, {}, is full", folder.string()),
                       "make room there, or name another one: TMPDIR=DIR in the environment");
  }
  throw NoRoom(path.string(), "the disk is full", "make room");
}

[[noreturn]] void blame_read_only(const SQLite::Exception& error, const fs::path& path) {
  if (error.getExtendedErrorCode() == SQLITE_READONLY_ROLLBACK) {
    throw RequestError(
        fmt::format("{} holds half of a change by a program that was killed, and may not be written",
                    path.string()),
        "allow writing to it and its folder once: the next command undoes the change");
  }
  throw RequestError(
      fmt::format("cannot write {}: it is read-only", name_read_only(path)),
      "check the permissions of the file, of the -wal and -shm files beside it and of its folder, or "
      "name another file with --db");
}

[[noreturn]] void blame_device(const SQLite::Exception& error, const fs::path& path) {
  if (const std::uintmax_t limit = reached_size_limit(path); limit > 0) {
    throw NoRoom(path.string(), fmt::format("no file may be longer than {} bytes here", limit),
                 "raise the limit (ulimit -f)");
  }
  check_still_there(path);
  throw RequestError(fmt::format("cannot read or write {}: {}", path.string(), error.what()),
                     "check the disk; a network share cannot hold this file");
}

}  // namespace

void blame(const SQLite::Exception& error, const std::filesystem::path& path) {
  const std::string name = path.string();
  switch (error.getErrorCode() & 0xff) {  // without the detail of an extended code
    case SQLITE_FULL:
      blame_full(path);
    case SQLITE_READONLY:
      blame_read_only(error, path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      throw RequestError(fmt::format("{} is locked by another program", name),
                         "close the program that writes to it (a database browser?) and start again");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw RequestError(
          fmt::format("cannot open {} or the files beside it ({})", name_read_only(path), error.what()),
          "check the permissions of its folder: SQLite keeps a -wal and a -shm file beside it");
    case SQLITE_NOTADB:
      throw RequestError(fmt::format("{} is not a database", name), "name another file with --db");
    case SQLITE_CORRUPT:
      throw RequestError(fmt::format("{} is damaged ({})", name, error.what()),
                         fmt::format("restore a copy, or save what can be read: sqlite3 {} .recover", name));
    case SQLITE_IOERR:
      blame_device(error, path);
    case SQLITE_ERROR:
      throw RequestError(fmt::format("{} does not have the tables it should have: {}", name, error.what()),
                         "was its schema changed by hand? name another file with --db");
    default:
      throw std::logic_error(fmt::format("{}: {}", name, error.what()));
  }
}

}  // namespace ablate
