#pragma once
/// What a process that was killed could not clean up.

#include <filesystem>
#include <string>

namespace ablate {

/// A file in the making beside `path`, called "NAME.PID.tmp" with the number of this process: made empty, and locked
/// (flock(2)) as long as this lives, so that others can distinguish it from what a killed process left. Whoever makes it
/// renames or removes it.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& path);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

/// Removes files and folders of a folder that are called "*.PID.tmp" or "*.PID.part", whose process is gone, and
/// which nobody has locked; where the file system has no locks, those that are older than ten minutes. What cannot be
/// removed stays.
void remove_leftovers(const std::filesystem::path& folder);

/// The same for one file: only what is called "NAME.PID.tmp" or "NAME.PID.part" goes. For folders that are not ours.
void remove_leftovers_of(const std::filesystem::path& file);

}  // namespace ablate
