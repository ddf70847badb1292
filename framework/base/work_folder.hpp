#pragma once
/// Folders for what is in the making, and how it gets its name without replacing anything.

#include <filesystem>
#include <string>

namespace ablate {

/// A new folder PREFIX-XXXXXX, gone with its owner. Its owner holds a lock on it (flock(2)), which ends with the
/// process: making one removes those of the same prefix and user that a killed process left.
class WorkFolder {
 public:
  /// Throws RequestError, with `hint`, where it cannot be made.
  explicit WorkFolder(const std::filesystem::path& prefix, const std::string& hint = {});
  ~WorkFolder();
  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

/// Removes the folders of this prefix and user that a killed process left.
void remove_abandoned(const std::filesystem::path& prefix);

/// Gives `from` the name `to` in the same file system, where nothing has that name: false, with errno EEXIST,
/// where something has, and that stays as it is. Whether another program comes between, too.
bool rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// Puts a file or folder on the disk, as far as the system says so; false with errno.
bool sync_to_disk(const std::filesystem::path& path);

}  // namespace ablate
