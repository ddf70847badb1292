#include "train/metrics_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace ablate {
namespace {

constexpr std::size_t block = 64 * 1024;
constexpr std::uint64_t most_known = 512;  ///< bytes that are compared

constexpr const char* how =
    "let the program append to $ABLATE_METRICS (>> in a shell, open(path, \"a\") in Python), and never rewrite it";

[[noreturn]] void fail(const std::filesystem::path& path, const char* what) {
  throw RequestError(fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

}  // namespace

MetricsFile::MetricsFile(std::filesystem::path path, std::uint64_t offset)
    : path_(std::move(path)), offset_(offset) {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) fail(path_, "open");
  struct stat found {};
  const bool whole = ::fstat(file_, &found) == 0 && static_cast<std::uint64_t>(found.st_size) >= offset;
  if (whole) {
    known_ = before_offset();
    return;
  }
  ::close(file_);
  throw BadLine(fmt::format("{} is shorter than it was: {} bytes were read from it", path_.string(), offset),
                how);
}

MetricsFile::~MetricsFile() { ::close(file_); }

bool MetricsFile::fill() {
  char bytes[block];
  const auto from = static_cast<off_t>(offset_ + buffer_.size());
  ssize_t count = 0;
  while ((count = ::pread(file_, bytes, sizeof bytes, from)) < 0 && errno == EINTR) continue;
  if (count < 0) fail(path_, "read");
  buffer_.append(bytes, static_cast<std::size_t>(count));
  if (count == 0) check_still_appended();
  return count > 0;
}

/// The bytes that are before offset_ now.
std::string MetricsFile::before_offset() const {
  std::string bytes(std::min(offset_, most_known), '\0');
  const ssize_t count =
      ::pread(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset_ - bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return bytes;
}

void MetricsFile::check_still_appended() {
  struct stat ours {
  }, named{};
  if (::fstat(file_, &ours) != 0) fail(path_, "read");
  if (::stat(path_.c_str(), &named) != 0 || named.st_ino != ours.st_ino || named.st_dev != ours.st_dev)
    throw BadLine(fmt::format("{} was removed or replaced by another file", path_.string()), how);
  const bool shrank = static_cast<std::uint64_t>(ours.st_size) < offset_ + buffer_.size();
  if (shrank || before_offset() != known_)
    throw BadLine(fmt::format("{} was rewritten over lines that had been read", path_.string()), how);
}

bool MetricsFile::next(EpochLine& line) {
  while (true) {
    const std::size_t end = buffer_.find('\n', seen_);
    if (end == std::string::npos) {
      seen_ = buffer_.size();
      if (seen_ > LineLimits::bytes) parse(buffer_);
      if (!fill()) return false;
      continue;
    }
    const bool blank = buffer_.find_first_not_of(" \t\r\n") > end;
    if (!blank) line = parse(std::string_view(buffer_).substr(0, end));
    take(end + 1);
    if (!blank) return true;
  }
}

bool MetricsFile::last(EpochLine& line) {
  while (buffer_.size() <= LineLimits::bytes && fill()) continue;
  if (buffer_.find_first_not_of(" \t\r") == std::string::npos) return false;
  line = parse(buffer_);
  take(buffer_.size());
  return true;
}

/// Goes on behind them.
void MetricsFile::take(std::size_t bytes) {
  known_.append(buffer_, 0, bytes);
  if (known_.size() > most_known) known_.erase(0, known_.size() - most_known);
  buffer_.erase(0, bytes);
  offset_ += bytes;
  seen_ = 0;
}

void MetricsFile::drop_torn_line() {
  if (::ftruncate(file_, static_cast<off_t>(offset_)) != 0) fail(path_, "write");
  buffer_.clear();
  seen_ = 0;
}

EpochLine MetricsFile::parse(std::string_view text) const {
  try {
    return parse_epoch_line(text);
  } catch (const RequestError& error) {
    throw BadLine(Location{path_.string(), static_cast<int>(line_number()), 0}, error.what());
  }
}

/// Counts the lines before offset_; only a message needs it.
std::uint64_t MetricsFile::line_number() const {
  std::uint64_t lines = 1, at = 0;
  char bytes[block];
  while (at < offset_) {
    const auto most = std::min<std::uint64_t>(sizeof bytes, offset_ - at);
    const ssize_t count = ::pread(file_, bytes, most, static_cast<off_t>(at));
    if (count <= 0) break;
    lines += static_cast<std::uint64_t>(std::count(bytes, bytes + count, '\n'));
    at += static_cast<std::uint64_t>(count);
  }
  return lines;
}

}  // namespace ablate
