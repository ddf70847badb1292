#include "base/leftovers.hpp"

#include <cerrno>
#include <chrono>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// Without locks: a process of another machine or container may be at work on what is younger.
constexpr std::chrono::minutes youngest(10);

/// "123" of "picture.svg.123.tmp"; empty where the name is none of ours.
std::string process_of(const std::string& name) {
  const std::size_t end = name.ends_with(".tmp")    ? name.size() - 4
                          : name.ends_with(".part") ? name.size() - 5
                                                    : 0;
  const std::size_t dot = end == 0 ? std::string::npos : name.rfind('.', end - 1);
  if (dot == std::string::npos) return {};
  const std::string digits = name.substr(dot + 1, end - dot - 1);
  const bool is_number = !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? digits : std::string();
}

bool is_old(const fs::directory_entry& entry) {
  std::error_code error;
  const auto written = entry.last_write_time(error);
  return !error && fs::file_time_type::clock::now() - written > youngest;
}

bool is_left_over(const fs::directory_entry& entry) {
  std::error_code error;
  const std::string process = process_of(entry.path().filename().string());
  if (process.empty() || fs::exists(fs::path("/proc") / process, error)) return false;
  const int file = ::open(entry.path().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return is_old(entry);
  const bool free = ::flock(file, LOCK_EX | LOCK_NB) == 0;
  const bool unknown = !free && errno != EWOULDBLOCK;
  ::close(file);
  return free || (unknown && is_old(entry));
}

void remove_left_over(const fs::path& folder, const std::string& begin) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().filename().string().starts_with(begin) && is_left_over(*entry))
      found.push_back(entry->path());
  }
  for (const fs::path& path : found) fs::remove_all(path, error);
}

}  // namespace

TemporaryFile::TemporaryFile(const fs::path& path)
    : path_(fmt::format("{}.{}.tmp", path.string(), ::getpid())),
      lock_(::open(path_.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0666)) {
  if (lock_ >= 0) ::flock(lock_, LOCK_EX | LOCK_NB);
}

TemporaryFile::~TemporaryFile() {
  if (lock_ >= 0) ::close(lock_);
}

void remove_leftovers(const fs::path& folder) { remove_left_over(folder, {}); }

void remove_leftovers_of(const fs::path& file) {
  remove_left_over(file.has_parent_path() ? file.parent_path() : fs::path("."),
                   file.filename().string() + ".");
}

}  // namespace ablate
