#pragma once
/// Whether a results file has changed, without reading a table.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace ablate {

class Connection;  // private to this folder

/// Holds the file open for reading, and notes when another file takes its place.
class FileWatch {
 public:
  struct State {
    std::uint64_t changes = 0;  ///< grows with every change, removal and replacement; never falls
    std::uint64_t files = 0;    ///< grows when the file is reopened: it may be another
    std::string fault;          ///< why the file cannot be read now; empty: it can
  };

  explicit FileWatch(std::filesystem::path path);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// Costs two system calls and one look at SQLite's counter of commits. Throws nothing of the file's.
  State look();

 private:
  struct Identity {
    std::uint64_t device = 0, node = 0, size = 0;
    std::int64_t written = 0;  ///< nanoseconds
    bool operator==(const Identity&) const = default;
  };
  static Identity identity_of(const std::filesystem::path& path);
  bool is_another(const Identity& now) const { return now.device != seen_.device || now.node != seen_.node; }
  void open(const Identity& now);
  std::int64_t commits();

  std::filesystem::path path_;
  std::unique_ptr<Connection> connection_;
  Identity seen_;
  std::int64_t commits_ = -1;
  State state_;
};

}  // namespace ablate
