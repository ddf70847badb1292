#pragma once
/// What is merged from: a results file as it is, a copy of an older one brought up to date, or rows that came in
/// another form.

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>

#include "base/work_folder.hpp"
#include "store/file_checks.hpp"

namespace ablate {

/// A file in a folder of its own under the system's for temporary files, gone with its owner.
class TemporaryCopy {
 public:
  TemporaryCopy();
  std::filesystem::path file() const { return folder_.path() / "copy.db"; }

 private:
  WorkFolder folder_;
};

class MergeSource {
 public:
  /// A results file of this or an older schema. Throws RequestError for what is none, or lacks one of our tables as we
  /// make it. Once `stop` is set it is of no use.
  MergeSource(const std::filesystem::path& path, const std::atomic<bool>& stop);
  /// Rows of something else, `path`, in a results file of our schema.
  MergeSource(std::filesystem::path path, TemporaryCopy copy)
      : path_(std::move(path)), copy_(std::move(copy)) {}

  const std::filesystem::path& path() const { return path_; }
  /// A results file of our schema, for ATTACH; it is there as long as this object.
  std::string uri() const;
  /// Throws RequestError where the file was read without locks and somebody has written to it.
  void check_still() const {
    if (still_) still_->check();
  }

 private:
  std::filesystem::path path_;
  std::optional<StillFile> still_;
  std::optional<TemporaryCopy> copy_;
};

}  // namespace ablate
