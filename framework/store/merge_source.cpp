#include "store/merge_source.hpp"

#include <fstream>

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "store/connection.hpp"
#include "store/import.hpp"
#include "store/schema.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// The first byte that is no white space, after a byte order mark if there is one; 0: there is none. Not of a
/// file that this program has open.
char first_character(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string mark(3, '\0');
  in.read(mark.data(), 3);
  if (in.gcount() < 3 || mark != "\xEF\xBB\xBF") in.clear(), in.seekg(0);
  char first = 0;
  return in >> first ? first : '\0';
}

/// Whether the file begins as gzip (RFC 1952).
bool is_gzipped(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return in.get() == 0x1F && in.get() == 0x8B;
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
    migrate(to);
  });
}

}  // namespace

TemporaryCopy::TemporaryCopy()
    : folder_(fs::temp_directory_path() / "ablate-merge",
              "TMPDIR=DIR in the environment names another place for temporary files") {}

MergeSource::MergeSource(const fs::path& path, const std::atomic<bool>& stop) : path_(path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) {
    load_csv(path, copy_.emplace().file());
    return;
  }
  if (!error && fs::exists(status) && !fs::is_regular_file(status)) {
    throw RequestError(fmt::format("{} is no file: what comes through a pipe cannot be read twice", path.string()),
                       "write it to a file first, and name that");
  }
  if (fs::is_regular_file(status) && is_gzipped(path)) {
    throw RequestError(fmt::format("{} is gzipped", path.string()),
                       fmt::format("gunzip -k '{}', and name what comes out", path.string()));
  }
  if (fs::is_regular_file(status) && first_character(path) == '{') {
    load_json(path, copy_.emplace().file());
    return;
  }
  if (StillFile::is_one(path)) still_.emplace(path);
  if (version_for_reading(path) == schema_version()) return;
  copy_up_to_date(path, copy_.emplace().file(), stop);
}

std::string MergeSource::uri() const { return read_only_uri(copy_ ? copy_->file() : path_); }

}  // namespace ablate
