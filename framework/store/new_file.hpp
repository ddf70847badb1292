#pragma once
/// A file or folder in the making.

#include <filesystem>

#include "base/work_folder.hpp"

namespace ablate {

/// What the folder that holds it is called, before the random letters.
std::filesystem::path part_of(const std::filesystem::path& path);

/// A place beside `path` for what becomes `path`; what is not finished goes with this object, and what a killed
/// program left of an earlier one goes too.
class NewFile {
 public:
  /// Throws RequestError where `path` is there already, or a results file's log of that name.
  explicit NewFile(const std::filesystem::path& path);

  /// Nothing is there yet.
  const std::filesystem::path& part() const { return part_; }
  /// Puts all of it on the disk and gives it its name; nobody may have it open. What got that name meanwhile
  /// stays as it is: that is a RequestError.
  void finish();

 private:
  std::filesystem::path path_;
  WorkFolder folder_;
  std::filesystem::path part_;
};

}  // namespace ablate
