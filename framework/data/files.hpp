#pragma once
/// Looking for the files of a source, and the answer when they are not there.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"

namespace ablate {

/// The folder (or file) that `data.path` names, with "~" expanded, or the source's usual one.
std::filesystem::path source_folder(const DataSettings& settings);

/// Whether a regular file of that name is there. Throws RequestError where that cannot be known: a folder on the
/// way may not be entered, or links lead in a circle.
bool is_file(const std::filesystem::path& path);
bool is_folder(const std::filesystem::path& path);

/// `folder/name` or `folder/name.gz`, whichever is there.
std::optional<std::filesystem::path> find_plain_or_gzipped(const std::filesystem::path& folder,
                                                           const std::string& name);

/// Names of what is in a folder, in the order of their bytes, without hidden ones. Throws RequestError for a
/// folder that cannot be read.
std::vector<std::string> names_in(const std::filesystem::path& folder);

/// Throws RequestError where one of these test sets is in the folder, plain or gzipped, which `data.test` would pass
/// over.
void refuse_test_set(const std::filesystem::path& folder, const std::vector<std::string>& names);

/// Looks names up in one folder and keeps account of those that are not there.
class Search {
 public:
  explicit Search(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The first of the names that is there, plain or gzipped; an empty path if none is.
  std::filesystem::path find(const std::vector<std::string>& names);
  /// Throws RequestError that lists what was not found.
  void refuse_missing(const std::string& what, const std::string& hint) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::string missing_;
};

/// Whether `data.files` names any.
bool files_are_named(const DataSettings& settings);

/// A named file, looked for from `data.path` if that is set.
std::filesystem::path named_file(const DataSettings& settings, const std::string& name);

/// Throws RequestError unless `data.files.<key>` names so many files; `shape` says how it is written.
void check_file_count(const std::vector<std::string>& names, std::size_t expected, const char* key,
                      const char* shape);

}  // namespace ablate
