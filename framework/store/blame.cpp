#include <stdexcept>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "store/connection.hpp"

namespace ablate {

void blame(const SQLite::Exception& error, const std::filesystem::path& path) {
  const std::string name = path.string();
  switch (error.getErrorCode() & 0xff) {  // without the detail of an extended code
    case SQLITE_FULL:
      throw RequestError(fmt::format("cannot write {}: the disk is full", name),
                         "make room and start again; every epoch that was committed is kept");
    case SQLITE_READONLY:
      throw RequestError(
          fmt::format("cannot write {}: it is read-only", name),
          "check the permissions of the file and of its folder, or name another file with --db");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      throw RequestError(fmt::format("{} is locked by another program", name),
                         "close the program that writes to it (a database browser?) and start again");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw RequestError(
          fmt::format("cannot open {} or the files beside it ({})", name, error.what()),
          "check the permissions of its folder: SQLite keeps a -wal and a -shm file beside it");
    case SQLITE_NOTADB:
      throw RequestError(fmt::format("{} is not a database", name), "name another file with --db");
    case SQLITE_CORRUPT:
      throw RequestError(fmt::format("{} is damaged ({})", name, error.what()),
                         fmt::format("restore a copy, or save what can be read: sqlite3 {} .recover", name));
    case SQLITE_IOERR:
      throw RequestError(fmt::format("cannot read or write {}: {}", name, error.what()),
                         "check the disk; a network share cannot hold this file");
    case SQLITE_ERROR:
      throw RequestError(fmt::format("{} does not have the tables it should have: {}", name, error.what()),
                         "was its schema changed by hand? name another file with --db");
    default:
      throw std::logic_error(fmt::format("{}: {}", name, error.what()));
  }
}

}  // namespace ablate
