#include "data/files.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/home.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

fs::file_status status_of(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const bool absent =
      !error || error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (absent) return status;
  throw RequestError(fmt::format("cannot look at {}: {}", path.string(), error.message()),
                     "check its permissions and those of the folders above it");
}

}  // namespace

fs::path source_folder(const DataSettings& settings) {
  if (!settings.path.empty()) return expand_home(settings.path);
  const fs::path place = row_of(settings.source).place;
  return home_folder() ? expand_home(place) : place;
}

bool is_file(const fs::path& path) { return fs::is_regular_file(status_of(path)); }
bool is_folder(const fs::path& path) { return fs::is_directory(status_of(path)); }

std::optional<fs::path> find_plain_or_gzipped(const fs::path& folder, const std::string& name) {
  for (const fs::path& path : {folder / name, folder / (name + ".gz")}) {
    if (is_file(path)) return path;
  }
  return std::nullopt;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with('.')) names.push_back(std::move(name));
  }
  if (error) {
    throw RequestError(fmt::format("cannot read the folder {}: {}", folder.string(), error.message()),
                       "check the spelling of data.path, and the folder's permissions");
  }
  std::sort(names.begin(), names.end());
  return names;
}

void refuse_test_set(const fs::path& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (const auto found = find_plain_or_gzipped(folder, name))
      throw RequestError(
          fmt::format("data.test: a share is asked for, and the files hold a test set, {}", found->string()),
          "leave data.test out to use it, or name the files for training in data.files");
  }
}

fs::path Search::find(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (auto found = find_plain_or_gzipped(folder_, name)) return *found;
  }
  missing_ += fmt::format("\n  {}[.gz]", fmt::join(names, "[.gz] or "));
  return {};
}

void Search::refuse_missing(const std::string& what, const std::string& hint) const {
  if (missing_.empty()) return;
  throw RequestError(fmt::format("{}: not found in {}:{}", what, folder_.string(), missing_), hint);
}

bool files_are_named(const DataSettings& settings) {
  return !settings.files.train.empty() || !settings.files.test.empty();
}

fs::path named_file(const DataSettings& settings, const std::string& name) {
  return expand_home(settings.path) / expand_home(name);
}

void check_file_count(const std::vector<std::string>& names, std::size_t expected, const char* key,
                      const char* shape) {
  if (names.size() == expected) return;
  throw RequestError(
      fmt::format("data.files.{}: {} files named, and {} expected", key, names.size(), expected), shape);
}

}  // namespace ablate
