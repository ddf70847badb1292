#include "data/part_file.hpp"

#include <cerrno>
#include <cstring>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text_value.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_origin = 1 << 14;

std::string to_text(const PartOrigin& origin) {
  return fmt::format("{}\n{}\n{}\n{}\n", origin.url, origin.etag, origin.last_modified,
                     origin.total ? std::to_string(*origin.total) : "");
}

PartOrigin read_origin(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return {};
  std::istringstream lines(read_file(path, longest_origin));
  PartOrigin origin;
  std::string total;
  std::getline(lines, origin.url);
  std::getline(lines, origin.etag);
  std::getline(lines, origin.last_modified);
  std::getline(lines, total);
  if (const auto length = number_of<std::uint64_t>(total)) origin.total = *length;
  return origin;
}

bool is_full(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }

}  // namespace

std::string PartOrigin::validator() const {
  if (etag.starts_with('"')) return etag;  // W/"..." is a weak one, which If-Range may not carry
  return last_modified;
}

PartFile::PartFile(const std::filesystem::path& target, const std::string& url)
    : target_(target), path_(target.string() + ".part"), origin_path_(target.string() + ".part.origin") {
  const std::filesystem::path folder = target.parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error)
    throw RequestError(fmt::format("cannot make the folder {}: {}", folder.string(), error.message()));
  open_and_lock();
  origin_ = read_origin(origin_path_);
  const bool too_long = origin_.total && size_ > *origin_.total;
  if (origin_.url == url && !too_long) return;
  origin_ = {url, {}, {}, {}};
  empty();
}

PartFile::~PartFile() {
  if (!ended_ && size_ == 0) discard();
}

PartFile::Descriptor::~Descriptor() {
  if (number >= 0) ::close(number);
}

void PartFile::open_and_lock() {
  descriptor_.number = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_.number < 0) fail("open", errno);
  struct stat mine {
  }, there{};
  const bool locked = ::flock(descriptor_.number, LOCK_EX | LOCK_NB) == 0;
  const bool known = ::fstat(descriptor_.number, &mine) == 0 && ::stat(path_.c_str(), &there) == 0;
  // Between our opening it and our locking it, another process may have finished it and given it its own
  // name.
  if (!locked || !known || mine.st_ino != there.st_ino || mine.st_dev != there.st_dev) {
    throw RequestError(fmt::format("{} is being downloaded by another process", target_.string()),
                       "wait for it to end, then run the same command again");
  }
  size_ = static_cast<std::uint64_t>(mine.st_size);
  if (::lseek(descriptor_.number, 0, SEEK_END) < 0) fail("open", errno);
}

void PartFile::restart(const PartOrigin& origin) {
  empty();
  origin_ = origin;
  write_file(origin_path_, to_text(origin_));
}

void PartFile::empty() {
  if (size_ == 0) return;
  if (::ftruncate(descriptor_.number, 0) != 0 || ::lseek(descriptor_.number, 0, SEEK_SET) < 0)
    fail("empty", errno);
  size_ = 0;
}

void PartFile::append(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_.number, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", errno);
    size_ += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void PartFile::finish() {
  std::error_code error;
  std::filesystem::rename(path_, target_, error);
  if (error) fail("rename", error.value());
  ended_ = true;
  std::filesystem::remove(origin_path_, error);
}

void PartFile::discard() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  std::filesystem::remove(origin_path_, ignored);
  ended_ = true;
}

void PartFile::fail(const char* verb, int error) const {
  const std::string what = fmt::format("cannot {} {}: {}", verb, path_.string(), std::strerror(error));
  if (!is_full(error)) throw RequestError(what, "check the folder's permissions, or name another folder");
  throw RequestError(fmt::format("{} (after {})", what, bytes_text(size_)),
                     "free space there and run the same command again: the part is kept, and goes on from "
                     "where it is; or name "
                     "another folder");
}

}  // namespace ablate
