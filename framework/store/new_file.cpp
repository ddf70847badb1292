#include "store/new_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

void check_free(const fs::path& path) {
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error)) {
    throw RequestError(fmt::format("cannot make {}: there is no folder {}", path.string(), folder.string()),
                       fmt::format("mkdir -p {}", folder.string()));
  }
  if (!fs::exists(fs::symlink_status(path, error))) return;
  throw RequestError(fmt::format("{} is there already", path.string()), "name another file, or remove it");
}

bool sync(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done = ::fsync(descriptor) == 0;
  const int cause = errno;
  ::close(descriptor);
  errno = cause;
  return done;
}

}  // namespace

NewFile::NewFile(const fs::path& path)
    : path_(path), part_(fmt::format("{}.{}.part", path.string(), ::getpid())) {
  check_free(path);
}

NewFile::~NewFile() {
  std::error_code ignored;
  for (const char* beside : {"", "-wal", "-shm", "-journal"}) fs::remove(part_.string() + beside, ignored);
}

void NewFile::finish() {
  check_free(path_);
  if (sync(part_) && ::rename(part_.c_str(), path_.c_str()) == 0) return;
  throw RequestError(fmt::format("cannot write {}: {}", path_.string(), std::strerror(errno)));
}

}  // namespace ablate
