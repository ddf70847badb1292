#pragma once
/// The work folder of a study on a shared file system: what is sent there, and what comes back.
///
///     sends/SEND/manifest.json       what was sent (manifest.hpp), with its batch scripts, job ids and logs
///     results/ATTEMPT-K-DIGEST.over.db    the K-th file of a task's attempt: runs that ended, never changed
///     results/ATTEMPT-K-DIGEST.going.db   runs that go on, with their checkpoints; a newer one takes its place
///     results/run-UUID.db            a second name (link) of the first file in which that run ended
///     attempts/ATTEMPT.json          an attempt at work: where, and how far its runs are
///     folders/ATTEMPT/UUID/          the folder of a run that another program trains, written by this attempt alone
///     damaged/                       files whose bytes are not those of their digest
///     collected.txt                  files that were merged, and how far their runs were
///
/// Nothing is changed in place, and no two attempts share a name. Files are read and written as bytes: SQLite opens
/// copies on a local disk.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "base/error.hpp"

namespace ablate {

/// A file of results that is not what was written.
class DamagedFile : public RequestError {
 public:
  using RequestError::RequestError;
};

/// One file of results/.
struct ResultFile {
  std::filesystem::path path;
  std::string attempt;  ///< SEND.CHUNK.LETTERS
  std::string digest;   ///< the first 16 digits of the SHA-256 of its bytes
  bool over = false;    ///< its runs ended
  ino_t inode = 0;
};

/// What results/ holds.
struct Results {
  std::vector<ResultFile> files;      ///< by name
  std::map<std::string, ino_t> runs;  ///< the file that counts, of each run (by uuid) that ended
  std::map<ino_t, std::vector<std::string>> of_file;  ///< the same, the other way round
};

class WorkFiles {
 public:
  explicit WorkFiles(const std::filesystem::path& folder)
      : folder_(std::filesystem::absolute(folder).lexically_normal()) {}
  /// Of the manifest sends/SEND/manifest.json. Throws RequestError where it is elsewhere.
  static WorkFiles of_manifest(const std::filesystem::path& manifest);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path sends() const { return folder_ / "sends"; }
  std::filesystem::path results() const { return folder_ / "results"; }
  std::filesystem::path attempts() const { return folder_ / "attempts"; }
  std::filesystem::path folders() const { return folder_ / "folders"; }
  std::filesystem::path damaged() const { return folder_ / "damaged"; }
  std::filesystem::path collected() const { return folder_ / "collected.txt"; }
  std::filesystem::path run(const std::string& uuid) const { return results() / ("run-" + uuid + ".db"); }

  /// Makes the folders. Throws RequestError.
  void make() const;
  /// Makes a folder for the programs of an attempt. Throws RequestError where it is there, or cannot be made.
  std::filesystem::path make_folder(const std::string& attempt) const;
  /// What is there now; nothing where there is no such folder.
  Results read_results() const;
  /// The results of this run are published, by whomever.
  bool has_run(const std::string& uuid) const;

 private:
  std::filesystem::path folder_;
};

/// The digest of a file's bytes that is in its name.
std::string result_digest(std::string_view bytes);
/// ATTEMPT-K-DIGEST.over.db for a file of these bytes.
std::string result_name(const std::string& attempt, int number, std::string_view bytes, bool over);

/// No file of results is longer, in bytes.
constexpr std::size_t longest_result = std::size_t{1} << 36;

/// Its bytes. Throws RequestError where it cannot be read, and DamagedFile where they are not those that were written.
std::string read_result(const ResultFile& file);

/// Now, in seconds, by the clock of whoever keeps this folder. Throws RequestError where nothing can be written.
double folder_clock(const std::filesystem::path& folder);
/// The moment at which a file was written, by that clock; nothing: it is not there.
std::optional<double> written_at(const std::filesystem::path& file);

/// Writes a new file of a shared file system: bytes on the disk first, then the name. Throws RequestError, and leaves
/// nothing half-written under `path`.
void publish_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace ablate
