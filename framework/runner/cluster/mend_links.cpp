#include "runner/cluster/mend_links.hpp"

#include <cerrno>
#include <cstring>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "base/error_line.hpp"
#include "base/file.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr const char* attempt_of_mended = "mended.0.0";  // whose it was is not known

class Mending {
 public:
  explicit Mending(const WorkFiles& files) : files_(files), results_(files.read_results()) {
    for (const ResultFile& file : results_.files) inodes_.insert(file.inode);
  }

  std::vector<std::string> mend() {
    for (const auto& [uuid, inode] : results_.runs) {
      if (!inodes_.contains(inode)) mend(uuid, inode);
    }
    if (mended_ > 0)
      notes_.push_back(fmt::format("{} in {} had lost {} .over.db and {} it again", links(mended_),
                                   files_.results().string(), mended_ == 1 ? "its" : "their",
                                   mended_ == 1 ? "has" : "have"));
    return std::move(notes_);
  }

 private:
  static std::string links(int n) { return fmt::format("{} run-UUID.db file{}", n, n == 1 ? "" : "s"); }

  void mend(const std::string& uuid, ino_t inode) {
    try {
      const std::string bytes = read_file(files_.run(uuid), longest_result);
      const ResultFile* same = file_of(result_digest(bytes));
      const fs::path file = files_.results() / result_name(attempt_of_mended, 1, bytes, true);
      const bool done =
          same ? link_to(same->path, uuid) : ::link(files_.run(uuid).c_str(), file.c_str()) == 0;
      if (!done && errno != EEXIST) {
        notes_.push_back(fmt::format(
            "the file of {} is gone and cannot be linked again: {}; its run is trained again once you remove it",
            files_.run(uuid).string(), std::strerror(errno)));
        return;
      }
      inodes_.insert(inode);
      ++mended_;
    } catch (const RequestError& error) {
      notes_.push_back(in_a_line(error));
    }
  }

  const ResultFile* file_of(const std::string& digest) const {
    for (const ResultFile& file : results_.files) {
      if (file.over && file.digest == digest) return &file;
    }
    return nullptr;
  }

  /// Takes the place of the copy at once.
  bool link_to(const fs::path& file, const std::string& uuid) const {
    const fs::path part = files_.results() / (".run-" + uuid + ".part");
    ::unlink(part.c_str());
    return ::link(file.c_str(), part.c_str()) == 0 && ::rename(part.c_str(), files_.run(uuid).c_str()) == 0;
  }

  const WorkFiles& files_;
  const Results results_;
  std::set<ino_t> inodes_;  ///< that have a file
  std::vector<std::string> notes_;
  int mended_ = 0;
};

}  // namespace

std::vector<std::string> mend_links(const WorkFiles& files) { return Mending(files).mend(); }

}  // namespace ablate
