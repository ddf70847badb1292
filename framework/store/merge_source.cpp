#include "store/merge_source.hpp"

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "store/connection.hpp"
#include "store/schema.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr const char* other_folder = "TMPDIR=DIR in the environment names another place for temporary files";

fs::path temporary_folder() {
  std::error_code error;
  const fs::path folder = fs::temp_directory_path(error);
  if (!error) return folder;
  throw RequestError(fmt::format("the folder for temporary files cannot be used: {}", error.message()),
                     other_folder);
}

/// A copy of a file of an older schema, brought up to date. The file itself stays as it is.
void copy_up_to_date(const fs::path& path, const fs::path& copy, const std::atomic<bool>& stop) {
  constexpr int pages = 4096;  // at a time
  guarded(path, [&] {
    SQLite::Database from(read_only_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI, 10'000);
    SQLite::Database to(copy.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    {
      SQLite::Backup backup(to, from);
      while (backup.executeStep(pages) != SQLITE_DONE) {
        if (stop) return;
      }
    }
    migrate(to, path.string());
  });
}

}  // namespace

TemporaryCopy::TemporaryCopy() : folder_(temporary_folder() / "ablate-merge", other_folder) {}

MergeSource::MergeSource(const fs::path& path, const std::atomic<bool>& stop) : path_(path) {
  if (StillFile::is_one(path)) still_.emplace(path);
  if (version_for_reading(path) == schema_version()) {
    open_for_reading(path);  // which refuses a foreign schema
    return;
  }
  copy_up_to_date(path, copy_.emplace().file(), stop);
}

std::string MergeSource::uri() const { return read_only_uri(copy_ ? copy_->file() : path_); }

}  // namespace ablate
