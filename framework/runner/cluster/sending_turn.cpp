#include "runner/cluster/sending_turn.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// Whoever had the lock before may have removed the file since.
bool is_named(int lock, const fs::path& file) {
  struct stat held {
  }, named{};
  return ::fstat(lock, &held) == 0 && ::stat(file.c_str(), &named) == 0 && held.st_ino == named.st_ino;
}

/// False: this file system knows no locks.
bool wait_for(int lock) {
  while (::flock(lock, LOCK_EX) != 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

}  // namespace

SendingTurn::SendingTurn(const fs::path& database, const std::function<void()>& must_wait) {
  std::error_code error;
  const fs::path known = fs::weakly_canonical(database, error);
  file_ = (error ? database : known).string() + ".sending";
  bool waited = false;
  while (true) {
    lock_ = ::open(file_.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0666);
    if (lock_ < 0) return;
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK && !std::exchange(waited, true)) must_wait();
      if (!wait_for(lock_)) return;
    }
    if (is_named(lock_, file_)) return;
    ::close(lock_);
  }
}

SendingTurn::~SendingTurn() {
  if (lock_ < 0) return;
  ::unlink(file_.c_str());
  ::close(lock_);
}

}  // namespace ablate
