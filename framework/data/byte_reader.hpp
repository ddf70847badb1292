#pragma once
/// Files read from the first byte to the last within fixed memory, gzipped or plain.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>

namespace ablate {

/// The bytes of a regular file in order. One that begins as gzip (RFC 1952) is inflated on the way, whatever
/// its name.
class ByteReader {
 public:
  /// Throws RequestError when there is no such file or it cannot be opened.
  explicit ByteReader(const std::filesystem::path& path);
  ~ByteReader();
  ByteReader(ByteReader&&) noexcept;

  /// Fills `out` and returns how many bytes came: fewer than asked for only at the end of the file. Throws
  /// RequestError that names the file and the byte when a gzip stream is corrupt, ends early or is followed
  /// by something else.
  std::size_t read(std::span<std::uint8_t> out);

  /// Bytes handed out so far.
  std::uint64_t position() const { return position_; }
  /// No more bytes than this can come: the file's length, or what deflate could at most make of it.
  std::uint64_t length_bound() const { return length_bound_; }
  const std::string& name() const { return name_; }

 private:
  class Inflater;

  std::string name_;
  std::ifstream file_;
  std::unique_ptr<Inflater> inflater_;  ///< none for a plain file
  std::uint64_t position_ = 0;
  std::uint64_t length_bound_ = 0;
};

/// Throws RequestError: "<file>: byte <at>: <what>".
[[noreturn]] void fail_at_byte(const std::string& file, std::uint64_t at, const std::string& what,
                               const std::string& hint);

}  // namespace ablate
