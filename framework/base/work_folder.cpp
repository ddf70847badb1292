#include "base/work_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t random_letters = 6;  // mkdtemp(3)

/// A descriptor of the folder with a lock that nobody else has; -1: it is not there, or somebody has it.
int locked(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return -1;
  struct stat held {
  }, named{};
  const bool ours = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &held) == 0 &&
                    ::lstat(folder.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
                    held.st_uid == ::geteuid();
  if (ours) return descriptor;
  ::close(descriptor);
  return -1;
}

}  // namespace

void remove_abandoned(const fs::path& prefix) {
  std::error_code error;
  const fs::path parent = prefix.has_parent_path() ? prefix.parent_path() : fs::path(".");
  const std::string begin = prefix.filename().string() + "-";
  std::vector<fs::path> left;
  for (fs::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.size() == begin.size() + random_letters && name.starts_with(begin))
      left.push_back(entry->path());
  }
  for (const fs::path& folder : left) {
    const int lock = locked(folder);
    if (lock < 0) continue;
    fs::remove_all(folder, error);
    ::close(lock);
  }
}

WorkFolder::WorkFolder(const fs::path& prefix, const std::string& hint) {
  remove_abandoned(prefix);
  // Between the making and the lock another program may take it for abandoned: then once more.
  constexpr int most_attempts = 10;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    std::string name = prefix.string() + "-XXXXXX";
    if (!::mkdtemp(name.data())) {
      throw RequestError(fmt::format("cannot make a folder {}: {}", name, std::strerror(errno)), hint);
    }
    path_ = name;
    lock_ = locked(path_);
    struct stat found {};
    if (lock_ >= 0 || ::lstat(path_.c_str(), &found) == 0) return;  // or this file system knows no locks
  }
  throw RequestError(fmt::format("cannot keep a folder {}-XXXXXX: others remove it", prefix.string()), hint);
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

bool rename_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // A file system without it: a second name is never given to what has one, and folders have but one.
  if (!fs::is_directory(from)) return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
  if (::mkdir(to.c_str(), 0777) != 0) return false;
  return ::rename(from.c_str(), to.c_str()) == 0;  // onto the empty folder that we made
}

bool sync_to_disk(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done = ::fsync(descriptor) == 0;
  const int cause = errno;
  ::close(descriptor);
  errno = cause;
  return done;
}

}  // namespace ablate
