#include "store/file_checks.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr const char* other_database = "name another file with --db";

/// Refuses whatever is not a regular file: SQLite would wait for ever on a pipe.
void check_kind(const fs::path& path, const fs::file_status& status) {
  if (fs::is_directory(status)) {
    throw RequestError(fmt::format("{} is a folder, not a results file", path.string()),
                       fmt::format("name a file in it: --db {}", shell_word((path / "ablate.db").string())));
  }
  if (!fs::is_regular_file(status)) {
    throw RequestError(fmt::format("{} is not a regular file", path.string()), other_database);
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
    throw RequestError(fmt::format("{} is not a database: it is shorter than any", path.string()),
                       other_database);
  }
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) == 0) return;
  throw RequestError(fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)),
                     "check the permissions of the file and of its folder");
}

/// Where a link leads, whether there is something or not.
fs::path resolved(fs::path path) {
  constexpr int most_links = 40;  // as many as the system follows
  std::error_code error;
  for (int i = 0; i < most_links && fs::is_symlink(fs::symlink_status(path, error)); ++i) {
    const fs::path target = fs::read_symlink(path, error);
    path = target.is_absolute() ? target : path.parent_path() / target;
  }
  return path;
}

}  // namespace

bool may_write(const fs::path& path) { return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0; }

fs::path log_of(const fs::path& path) { return resolved(path).string() + "-wal"; }

std::uintmax_t log_bytes(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(log_of(path), error);
  return error ? 0 : size;
}

void check_log_has_file(const fs::path& path) {
  // The log first: a program that makes the file at this moment fills it before it fills the log.
  const std::uintmax_t bytes = log_bytes(path);
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (bytes == 0 || (!error && size > 0)) return;
  throw RequestError(
      fmt::format("{0} is {1}, but its log {2} is there and holds {3} bytes of results", path.string(),
                  error ? "not there" : "empty", log_of(path).string(), bytes),
      "was the file moved or removed while it was in use? put it back beside its log, and nothing is lost; to "
      "start over, move the log away");
}

void check_still_there(const fs::path& path) {
  std::error_code error;
  if (fs::exists(path, error)) return;
  throw RequestError(
      fmt::format("{} was moved or removed while it was in use", path.string()),
      "put it back, together with the -wal file beside it, and start the same command again: what was "
      "committed is in them");
}

void check_path_for_writing(const fs::path& path) {
  check_log_has_file(path);
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
                       other_database);
  }
  if (!may_write(folder)) {
    throw RequestError(fmt::format("cannot make {}: the folder {}: {}", path.string(), folder.string(),
                                   std::strerror(errno)),
                       "check the folder's permissions, or name a file elsewhere with --db");
  }
}

void check_path_for_reading(const fs::path& path) {
  check_log_has_file(path);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    throw RequestError(fmt::format("there is no results file {}", path.string()),
                       "`ablate run STUDY.yaml` makes one; --db FILE or $ABLATE_DB names another");
  }
  check_kind(path, status);
  check_readable(path);
}

bool StillFile::is_one(const fs::path& path) {
  std::error_code error;
  const fs::path file = fs::canonical(path, error);
  return !error && log_bytes(file) == 0 && !may_write(file) && !may_write(file.parent_path());
}

StillFile::StillFile(fs::path path) : path_(std::move(path)), before_(stamp()) {}

StillFile::Stamp StillFile::stamp() const {
  struct stat found {};
  if (::stat(path_.c_str(), &found) != 0) return {};
  return {found.st_ino, found.st_size, found.st_ctim};
}

void StillFile::check() const {
  if (stamp() == before_ && log_bytes(path_) == 0) return;
  throw RequestError(
      fmt::format("another user wrote to {} while it was read, and here it cannot be locked", path_.string()),
      "do the same again; with the right to write in its folder, or on a copy, it is read while others write");
}

}  // namespace ablate
