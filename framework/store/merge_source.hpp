#pragma once
/// What is merged from: a results file as it is, a copy of an older one brought up to date, or the rows of an
/// export. Private to framework/store.

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace ablate {

/// A folder of its own under the system's for temporary files, gone with its owner.
class TemporaryCopy {
 public:
  TemporaryCopy();
  ~TemporaryCopy();
  TemporaryCopy(TemporaryCopy&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  TemporaryCopy& operator=(TemporaryCopy&&) = delete;
  std::filesystem::path file() const { return folder_ / "copy.db"; }

 private:
  std::filesystem::path folder_;
};

/// Throws RequestError for what is none of those. Once `stop` is set it is of no use.
class MergeSource {
 public:
  MergeSource(const std::filesystem::path& path, const std::atomic<bool>& stop);

  const std::filesystem::path& path() const { return path_; }
  /// A results file of our schema, for ATTACH; it is there as long as this object.
  std::string uri() const;

 private:
  std::filesystem::path path_;
  std::optional<TemporaryCopy> copy_;
};

}  // namespace ablate
