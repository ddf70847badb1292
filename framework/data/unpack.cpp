#include "data/unpack.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/late_library.hpp"
#include "data/excerpt.hpp"

namespace ablate {
namespace {

constexpr std::size_t archive_block_bytes = 1 << 18;
constexpr const char* hostile = "do not use this archive: get it from its official address";
constexpr const char* damaged_archive = "the archive is damaged or incomplete: download it again";

struct LibArchive {
  LateLibrary library{"libarchive.so.13", "libarchive13"};
  decltype(&archive_read_new) read_new = library["archive_read_new"];
  decltype(&archive_read_free) read_free = library["archive_read_free"];
  decltype(&archive_read_support_format_zip_seekable) read_support_format_zip_seekable =
      library["archive_read_support_format_zip_seekable"];
  decltype(&archive_read_open_filename) read_open_filename = library["archive_read_open_filename"];
  decltype(&archive_read_next_header) read_next_header = library["archive_read_next_header"];
  decltype(&archive_read_data) read_data = library["archive_read_data"];
  decltype(&archive_error_string) error_string = library["archive_error_string"];
  decltype(&archive_entry_pathname) entry_pathname = library["archive_entry_pathname"];
  decltype(&archive_entry_pathname_utf8) entry_pathname_utf8 = library["archive_entry_pathname_utf8"];
  decltype(&archive_entry_filetype) entry_filetype = library["archive_entry_filetype"];
  decltype(&archive_entry_hardlink) entry_hardlink = library["archive_entry_hardlink"];
  decltype(&archive_entry_size) entry_size = library["archive_entry_size"];
  decltype(&archive_entry_size_is_set) entry_size_is_set = library["archive_entry_size_is_set"];
};

const LibArchive& libarchive() {
  static const LibArchive loaded;
  return loaded;
}

struct Close {
  void operator()(archive* handle) const { libarchive().read_free(handle); }
};

/// A member's path taken apart. Both slashes separate, as zip files come from everywhere.
struct MemberPath {
  std::string base;
  bool leaves_folder = false;  ///< absolute, or climbing by ".."
};

MemberPath parse_path(const std::string& path) {
  MemberPath parsed;
  const auto is_slash = [](char letter) { return letter == '/' || letter == '\\'; };
  const bool drive = path.size() > 1 && path[1] == ':';
  parsed.leaves_folder = drive || (!path.empty() && is_slash(path.front()));
  for (std::size_t start = 0; start <= path.size();) {
    const auto begin = path.begin() + static_cast<std::ptrdiff_t>(start);
    const auto end = std::find_if(begin, path.end(), is_slash);
    parsed.base.assign(begin, end);
    parsed.leaves_folder = parsed.leaves_folder || parsed.base == "..";
    start = static_cast<std::size_t>(end - path.begin()) + 1;
  }
  return parsed;
}

/// A file under another name until it is kept; gone if it is not.
class Draft {
 public:
  explicit Draft(const std::filesystem::path& target)
      : target_(target),
        path_(target.string() + ".unpacking"),
        out_(path_, std::ios::binary | std::ios::trunc) {
    if (!out_) fail();
  }
  ~Draft() {
    std::error_code ignored;
    if (!kept_) std::filesystem::remove(path_, ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(const std::vector<char>& block, std::size_t bytes) {
    if (!out_.write(block.data(), static_cast<std::streamsize>(bytes))) fail();
  }

  void keep() {
    out_.close();
    if (!out_) fail();
    std::error_code error;
    std::filesystem::rename(path_, target_, error);
    if (error) throw RequestError(fmt::format("cannot write {}: {}", target_.string(), error.message()));
    kept_ = true;
  }

 private:
  [[noreturn]] void fail() const {
    throw RequestError(fmt::format("cannot write {}: {}", target_.string(), std::strerror(errno)),
                       "free space there, check the folder's permissions, or name another folder");
  }

  std::filesystem::path target_, path_;
  std::ofstream out_;
  bool kept_ = false;
};

class Zip {
 public:
  Zip(const std::filesystem::path& path, const UnpackLimits& limits, const std::atomic<bool>& stop)
      : name_(path.string()),
        limits_(limits),
        stop_(stop),
        handle_(libarchive().read_new()),
        block_(archive_block_bytes) {
    if (!handle_) throw std::bad_alloc();
    // By the directory at its end alone: what a streaming reader would guess from the front may be a lie.
    libarchive().read_support_format_zip_seekable(handle_.get());
    if (libarchive().read_open_filename(handle_.get(), path.c_str(), archive_block_bytes) != ARCHIVE_OK)
      refuse_opening(path);
  }

  /// False at the end of the archive.
  bool next() {
    const int result = libarchive().read_next_header(handle_.get(), &entry_);
    if (result == ARCHIVE_EOF) return false;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) refuse(words(), damaged_archive);
    if (++members_ > limits_.members)
      refuse(fmt::format("it holds more than {} members", limits_.members), hostile);
    const char* path = libarchive().entry_pathname_utf8(entry_);
    if (path == nullptr) path = libarchive().entry_pathname(entry_);
    path_ = path == nullptr ? "" : path;
    return true;
  }

  const std::string& path() const { return path_; }

  void check_member(const MemberPath& parsed) const {
    if (parsed.leaves_folder) refuse_member("its path leads out of the folder", hostile);
    if (libarchive().entry_filetype(entry_) != AE_IFREG || libarchive().entry_hardlink(entry_) != nullptr) {
      refuse_member("it is a link or a device, not a file", hostile);
    }
    if (!libarchive().entry_size_is_set(entry_)) return;
    check_size(static_cast<std::uint64_t>(std::max<la_int64_t>(0, libarchive().entry_size(entry_))), 0);
  }

  /// Hands the member on block by block; false where it was stopped.
  template <class Write>
  bool read_member(const Write& write) {
    std::uint64_t written = 0;
    while (!stop_) {
      const la_ssize_t came = libarchive().read_data(handle_.get(), block_.data(), block_.size());
      if (came == ARCHIVE_RETRY) continue;
      if (came < 0) refuse_member(words(), damaged_archive);
      if (came == 0) return true;
      check_size(written, static_cast<std::uint64_t>(came));
      written += static_cast<std::uint64_t>(came);
      total_ += static_cast<std::uint64_t>(came);
      write(block_, static_cast<std::size_t>(came));
    }
    return false;
  }

  [[noreturn]] void refuse_member(const std::string& what, const char* hint) const {
    refuse(fmt::format("member {}: {}", shown_path(), what), hint);
  }

 private:
  std::string words() const {
    const char* said = libarchive().error_string(handle_.get());
    return said == nullptr ? "it cannot be read" : said;
  }

  /// The path's end in quotes: the part that tells members apart.
  std::string shown_path() const {
    constexpr std::size_t longest = 80;
    std::string text = path_.size() > longest ? "..." + path_.substr(path_.size() - longest) : path_;
    std::replace_if(
        text.begin(), text.end(), [](char letter) { return letter < ' ' || letter > '~'; }, '?');
    return fmt::format("'{}'", text);
  }

  void check_size(std::uint64_t written, std::uint64_t more) const {
    if (written + more > limits_.member_bytes) {
      refuse_member(
          fmt::format("it is longer than the {} that are unpacked", bytes_text(limits_.member_bytes)),
          hostile);
    }
    if (total_ + more > limits_.total_bytes) {
      refuse(fmt::format("its members are longer than the {} that are unpacked",
                         bytes_text(limits_.total_bytes)),
             hostile);
    }
  }

  [[noreturn]] void refuse(const std::string& what, const char* hint) const {
    throw RequestError(Location{name_}, what, hint);
  }

  [[noreturn]] void refuse_opening(const std::filesystem::path& path) const {
    std::ifstream in(path, std::ios::binary);
    if (!in)
      refuse(fmt::format("cannot be opened: {}", std::strerror(errno)),
             "check the spelling and its permissions");
    std::string first(64, '\0');
    in.read(first.data(), static_cast<std::streamsize>(first.size()));
    first.resize(static_cast<std::size_t>(in.gcount()));
    if (first.starts_with("PK\x03\x04"))
      refuse("a zip archive without the directory at its end: truncated", damaged_archive);
    refuse(fmt::format("not a zip archive: it begins with {}", excerpt(first)),
           "name the address of the zip archive itself");
  }

  const std::string name_;
  const UnpackLimits limits_;
  const std::atomic<bool>& stop_;
  std::unique_ptr<archive, Close> handle_;
  archive_entry* entry_ = nullptr;
  std::string path_;
  std::vector<char> block_;
  std::size_t members_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

std::optional<std::set<std::string>> unpack(const std::filesystem::path& archive,
                                            const std::set<std::string>& wanted,
                                            const std::filesystem::path& folder,
                                            const std::atomic<bool>& stop, const UnpackLimits& limits) {
  Zip zip(archive, limits, stop);
  std::set<std::string> names, written;
  while (zip.next()) {
    const MemberPath parsed = parse_path(zip.path());
    names.insert(parsed.base);
    if (!wanted.contains(parsed.base)) continue;
    zip.check_member(parsed);
    if (!written.insert(parsed.base).second) zip.refuse_member("its name appears twice", hostile);
    Draft draft(folder / parsed.base);
    const auto write = [&](const std::vector<char>& block, std::size_t bytes) { draft.write(block, bytes); };
    if (!zip.read_member(write)) return std::nullopt;
    draft.keep();
  }
  return names;
}

std::map<std::string, std::string> members_of(const std::filesystem::path& archive,
                                              const std::function<bool(const std::string&)>& wanted,
                                              const UnpackLimits& limits) {
  const std::atomic<bool> never = false;
  Zip zip(archive, limits, never);
  std::map<std::string, std::string> members;
  while (zip.next()) {
    const std::string name = parse_path(zip.path()).base;
    const auto [member, fresh] = members.try_emplace(name);
    if (!wanted(name)) continue;
    zip.check_member(parse_path(zip.path()));
    if (!fresh) zip.refuse_member("its name appears twice", hostile);
    std::string& bytes = member->second;
    zip.read_member(
        [&](const std::vector<char>& block, std::size_t count) { bytes.append(block.data(), count); });
  }
  return members;
}

}  // namespace ablate
