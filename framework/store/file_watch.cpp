#include "store/file_watch.hpp"

#include <sys/stat.h>

#include "base/error.hpp"
#include "store/connection.hpp"

namespace ablate {

FileWatch::FileWatch(std::filesystem::path path) : path_(std::move(path)) {}
FileWatch::~FileWatch() = default;

FileWatch::Identity FileWatch::identity_of(const std::filesystem::path& path) {
  struct stat of = {};
  if (::stat(path.c_str(), &of) != 0) return {};
  constexpr std::int64_t second = 1'000'000'000;
  return {of.st_dev, of.st_ino, static_cast<std::uint64_t>(of.st_size),
          of.st_mtim.tv_sec * second + of.st_mtim.tv_nsec};
}

void FileWatch::open(const Identity& now) {
  constexpr int patience_milliseconds = 500;
  connection_.reset();
  connection_ = std::make_unique<Connection>(open_for_reading(path_, patience_milliseconds));
  seen_ = now;
  commits_ = commits();
}

std::int64_t FileWatch::commits() {
  return connection_->guard([&] {
    Query query(*connection_, "PRAGMA data_version");
    std::int64_t version = 0;
    if (query.next()) query >> version;
    return version;
  });
}

FileWatch::State FileWatch::look() {
  const Identity now = identity_of(path_);
  try {
    if (!connection_ || is_another(now)) {
      open(now);
      ++state_.files;
      ++state_.changes;
    } else if (const std::int64_t commits_now = commits(); commits_now != commits_ || now != seen_) {
      commits_ = commits_now;
      seen_ = now;
      ++state_.changes;
    }
    state_.fault.clear();
  } catch (const RequestError& error) {
    connection_.reset();
    if (state_.fault != error.what()) ++state_.changes;
    state_.fault = error.what();
  }
  return state_;
}

}  // namespace ablate
