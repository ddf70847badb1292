#pragma once
/// What can be known of a results file before SQLite opens it.

#include <cstdint>
#include <filesystem>

#include <sys/types.h>
#include <time.h>

namespace ablate {

/// Refuses, with RequestError, what cannot be opened: a folder, a pipe, what is too short to be a database, what we
/// have no right to, and a log whose file is gone. Where there is no file, the folder must take one.
void check_path_for_writing(const std::filesystem::path& path);
/// The same for a file that must be there.
void check_path_for_reading(const std::filesystem::path& path);

/// Throws RequestError where a file that was open has gone since.
void check_still_there(const std::filesystem::path& path);

/// With the rights that SQLite has, which are the effective ones.
bool may_write(const std::filesystem::path& path);

/// Refuses a log that holds results where the file that it belongs to is gone, or empty: SQLite would empty the
/// log, or take it for the log of whatever comes in the file's place.
void check_log_has_file(const std::filesystem::path& path);

/// The log that SQLite keeps beside the file, links followed; there may be none. And its size, 0 without one.
std::filesystem::path log_of(const std::filesystem::path& path);
std::uintmax_t log_bytes(const std::filesystem::path& path);

/// A file that is read without locks, since SQLite can put none beside it: neither the file nor its folder can be
/// written by us, and no log holds a part of it.
class StillFile {
 public:
  /// True where a file is such a one now.
  static bool is_one(const std::filesystem::path& path);

  explicit StillFile(std::filesystem::path path);
  /// Throws RequestError where somebody has written to it since: what was read may be of no one moment.
  void check() const;

 private:
  struct Stamp {
    ino_t inode = 0;
    off_t size = 0;
    timespec changed{};
    bool operator==(const Stamp& other) const {
      return inode == other.inode && size == other.size && changed.tv_sec == other.changed.tv_sec &&
             changed.tv_nsec == other.changed.tv_nsec;
    }
  };
  Stamp stamp() const;

  std::filesystem::path path_;
  Stamp before_;
};

}  // namespace ablate
