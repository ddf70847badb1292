#include "runner/cluster/work_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/work_folder.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view run_prefix = "run-", file_end = ".db", over_end = ".over.db",
                           going_end = ".going.db";
constexpr std::size_t digest_digits = 16;

/// ATTEMPT-K-DIGEST.over.db, taken apart; false where it is no such name.
bool take_apart(const std::string& name, ResultFile& file) {
  file.over = name.ends_with(over_end);
  if (!file.over && !name.ends_with(going_end)) return false;
  const std::string stem = name.substr(0, name.size() - (file.over ? over_end : going_end).size());
  const std::size_t second = stem.rfind('-');
  if (second == std::string::npos || second == 0) return false;
  const std::size_t first = stem.rfind('-', second - 1);
  if (first == std::string::npos || stem.size() - second - 1 != digest_digits) return false;
  file.attempt = stem.substr(0, first);
  file.digest = stem.substr(second + 1);
  return true;
}

[[noreturn]] void cannot_write(const fs::path& path, int cause) {
  throw RequestError(fmt::format("cannot write {}: {}", path.string(), std::strerror(cause)),
                     "is the work folder mounted, and is there room?");
}

double seconds_of(const struct stat& status) {
  return static_cast<double>(status.st_mtim.tv_sec) + 1e-9 * static_cast<double>(status.st_mtim.tv_nsec);
}

/// Closes a file when it goes.
class OpenFile {
 public:
  explicit OpenFile(const fs::path& path)
      : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {}
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  /// Writes, syncs and closes, which a network file system may refuse too; 0 or errno.
  int fill(std::string_view bytes) {
    if (file_ < 0) return errno;
    while (!bytes.empty()) {
      const ssize_t count = ::write(file_, bytes.data(), bytes.size());
      if (count < 0 && errno != EINTR) return errno;
      if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(file_) != 0) return errno;
    return ::close(std::exchange(file_, -1)) == 0 ? 0 : errno;
  }

 private:
  int file_;
};

}  // namespace

WorkFiles WorkFiles::of_manifest(const fs::path& manifest) {
  const fs::path sends = fs::absolute(manifest).lexically_normal().parent_path().parent_path();
  if (sends.filename() == "sends") return WorkFiles(sends.parent_path());
  throw RequestError(fmt::format("{} is not in a work folder, where results go", manifest.string()),
                     "name the manifest where `ablate run` wrote it: WORK/STUDY/sends/SEND/manifest.json");
}

void WorkFiles::make() const {
  for (const fs::path& folder : {sends(), results(), attempts(), folders()}) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) cannot_write(folder, error.value());
  }
}

fs::path WorkFiles::make_folder(const std::string& attempt) const {
  const fs::path folder = folders() / attempt;
  if (::mkdir(folder.c_str(), 0777) != 0) cannot_write(folder, errno);
  return folder;
}

Results WorkFiles::read_results() const {
  Results found;
  std::error_code error;
  for (fs::directory_iterator entry(results(), error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    struct stat status {};
    if (name.starts_with('.') || ::stat(entry->path().c_str(), &status) != 0) continue;
    ResultFile file;
    if (take_apart(name, file)) {
      file.path = entry->path();
      file.inode = status.st_ino;
      found.files.push_back(file);
    } else if (name.starts_with(run_prefix) && name.ends_with(file_end)) {
      const std::string uuid =
          name.substr(run_prefix.size(), name.size() - run_prefix.size() - file_end.size());
      found.runs[uuid] = status.st_ino;
      found.of_file[status.st_ino].push_back(uuid);
    }
  }
  std::sort(found.files.begin(), found.files.end(),
            [](const ResultFile& a, const ResultFile& b) { return a.path < b.path; });
  return found;
}

bool WorkFiles::has_run(const std::string& uuid) const {
  struct stat status {};
  return ::stat(run(uuid).c_str(), &status) == 0;
}

std::string result_digest(std::string_view bytes) { return sha256_hex(bytes).substr(0, digest_digits); }

std::string result_name(const std::string& attempt, int number, std::string_view bytes, bool over) {
  return fmt::format("{}-{}-{}{}", attempt, number, result_digest(bytes), over ? over_end : going_end);
}

std::string read_result(const ResultFile& file) {
  std::string bytes = read_file(file.path, longest_result);
  if (result_digest(bytes) == file.digest) return bytes;
  throw DamagedFile(fmt::format("{} is damaged or was cut short", file.path.string()));
}

double folder_clock(const fs::path& folder) {
  std::string name = (folder / ".now-XXXXXX").string();
  const int file = ::mkstemp(name.data());
  if (file < 0) cannot_write(folder, errno);
  struct stat status {};
  const bool known = ::write(file, "\n", 1) == 1 && ::fsync(file) == 0 && ::fstat(file, &status) == 0;
  ::close(file);
  ::unlink(name.c_str());
  return known ? seconds_of(status) : 0.0;
}

std::optional<double> written_at(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return seconds_of(status);
}

void publish_file(const fs::path& path, std::string_view bytes) {
  const fs::path part = path.parent_path() / ("." + path.filename().string() + ".part");
  const int cause = OpenFile(part).fill(bytes);
  if (cause == 0 && ::rename(part.c_str(), path.c_str()) == 0) {
    sync_to_disk(path.parent_path());
    return;
  }
  const int why = cause != 0 ? cause : errno;
  ::unlink(part.c_str());
  cannot_write(path, why);
}

}  // namespace ablate
