#pragma once
/// The file to which another program appends its epochs, read as it grows.

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "train/epoch_line.hpp"

namespace ablate {

/// A line that is not an epoch's, or a file that lost some: the run's fault, not the sweep's.
class BadLine : public RequestError {
 public:
  using RequestError::RequestError;
};

/// Reads whole lines; one that has no line feed yet waits.
class MetricsFile {
 public:
  /// Begins at `offset`, in bytes. Makes the file where it is missing. Throws RequestError where it cannot be read
  /// or written, or is shorter.
  MetricsFile(std::filesystem::path path, std::uint64_t offset);
  ~MetricsFile();
  MetricsFile(const MetricsFile&) = delete;
  MetricsFile& operator=(const MetricsFile&) = delete;

  /// The next epoch; false where no whole line is left. Empty lines are passed over. Throws BadLine that
  /// names the file and the line where it is not an epoch's, or is longer than LineLimits::bytes; also where the
  /// file was replaced, or rewritten over what was read: then lines may be lost.
  bool next(EpochLine& line);
  /// The same of a last line that has no line feed and never will. Throws BadLine where it is torn.
  bool last(EpochLine& line);
  /// Where the first line begins that `next` has not given.
  std::uint64_t offset() const { return offset_; }
  /// Cuts off a line that was begun and never ended: its writer is dead.
  void drop_torn_line();

 private:
  bool fill();
  void check_still_appended();
  void take(std::size_t bytes);
  std::string before_offset() const;
  EpochLine parse(std::string_view text) const;
  std::uint64_t line_number() const;

  std::filesystem::path path_;
  int file_ = -1;
  std::uint64_t offset_ = 0;
  std::string buffer_;    ///< what was read and not given, from offset_ on
  std::size_t seen_ = 0;  ///< bytes of it that hold no line feed
  std::string known_;     ///< the last bytes before offset_, as they were read
};

}  // namespace ablate
