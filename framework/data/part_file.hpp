#pragma once
/// A file that is not whole yet: what came so far, and what is needed to go on with it another day.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace ablate {

/// What the server said of the file when the part began.
struct PartOrigin {
  std::string url;
  std::string etag;                    ///< as sent; empty where there was none
  std::string last_modified;           ///< as sent; empty where there was none
  std::optional<std::uint64_t> total;  ///< length of the whole file

  /// What may be in If-Range (RFC 9110, section 13.1.5): a strong ETag, else the date; empty where there
  /// is neither.
  std::string validator() const;
  friend bool operator==(const PartOrigin&, const PartOrigin&) = default;
};

/// `<target>.part` with `<target>.part.origin` beside it. Both stay on disk until `finish` or `discard`, but
/// for a part without a byte, which goes with its owner.
class PartFile {
 public:
  /// Opens or makes the part; one whose origin is not known, or is not `url`, is emptied. Throws RequestError
  /// when it cannot, or when another process has it.
  PartFile(const std::filesystem::path& target, const std::string& url);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  const PartOrigin& origin() const { return origin_; }
  /// True where the origin reports the length, and all of it is there.
  bool is_whole() const { return origin_.total && size_ == *origin_.total; }

  /// Empties it, and notes where what follows comes from.
  void restart(const PartOrigin& origin);
  /// Throws RequestError that says why (a full disk); what was written before stays.
  void append(std::span<const char> bytes);
  /// Gives the file its own name, in place of an older one.
  void finish();
  void discard();

 private:
  struct Descriptor {
    int number = -1;
    ~Descriptor();
  };

  void open_and_lock();
  void empty();
  [[noreturn]] void fail(const char* verb, int error) const;

  std::filesystem::path target_, path_, origin_path_;
  PartOrigin origin_;
  Descriptor descriptor_;
  std::uint64_t size_ = 0;
  bool ended_ = false;
};

}  // namespace ablate
