#pragma once
/// A results file in the making. Private to framework/store.

#include <filesystem>

namespace ablate {

/// A name beside `path` for what becomes `path`; what stands there when this object goes is removed, with the
/// files that SQLite puts beside it.
class NewFile {
 public:
  /// Throws RequestError where `path` is there already.
  explicit NewFile(const std::filesystem::path& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const std::filesystem::path& part() const { return part_; }
  /// Puts all of it on the disk and gives it its name; nobody may have it open.
  void finish();

 private:
  std::filesystem::path path_, part_;
};

}  // namespace ablate
