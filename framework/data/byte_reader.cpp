#include "data/byte_reader.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include <fmt/format.h>
#include <zlib.h>

#include "base/error.hpp"

namespace ablate {
namespace {

constexpr std::uint64_t largest_deflate_ratio = 1032;  // 258 bytes from 2 bits; zlib's own technical notes
constexpr const char* damaged = "the file is damaged or incomplete: download or copy it again";

bool begins_as_gzip(std::ifstream& file) {
  std::array<char, 2> first{};
  file.read(first.data(), first.size());
  const bool gzip = file.gcount() == 2 && first[0] == '\x1f' && first[1] == '\x8b';
  file.clear();
  file.seekg(0);
  return gzip;
}

}  // namespace

void fail_at_byte(const std::string& file, std::uint64_t at, const std::string& what,
                  const std::string& hint) {
  throw RequestError(Location{file}, fmt::format("byte {}: {}", at, what), hint);
}

/// A gzip file's members, one after the other, as one run of bytes.
class ByteReader::Inflater {
 public:
  Inflater() {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  std::size_t read(std::ifstream& file, const std::string& name, std::span<std::uint8_t> out) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    stream_.next_out = out.data();
    stream_.avail_out = static_cast<uInt>(std::min(out.size(), most));
    const uInt asked = stream_.avail_out;
    while (stream_.avail_out > 0) {
      if (stream_.avail_in == 0) refill(file);
      if (stream_.avail_in == 0 && !inside_member_) break;
      if (stream_.avail_in == 0) fail_at_byte(name, consumed_, "the gzip stream ends early", damaged);
      step(name);
    }
    return asked - stream_.avail_out;
  }

 private:
  void refill(std::ifstream& file) {
    file.read(reinterpret_cast<char*>(input_.data()), static_cast<std::streamsize>(input_.size()));
    stream_.next_in = input_.data();
    stream_.avail_in = static_cast<uInt>(file.gcount());
  }

  void step(const std::string& name) {
    const uInt before = stream_.avail_in;
    const bool first_byte_of_later_member = !inside_member_ && consumed_ > 0;
    inside_member_ = true;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    const std::uint64_t start = consumed_;
    consumed_ += before - stream_.avail_in;
    if (result == Z_STREAM_END) {
      inflateReset(&stream_);
      inside_member_ = false;
    } else if (result != Z_OK) {
      const char* what = stream_.msg ? stream_.msg : "unknown fault";
      if (first_byte_of_later_member)
        fail_at_byte(name, start, "bytes follow the end of the gzip stream", damaged);
      fail_at_byte(name, consumed_, fmt::format("the gzip stream is corrupt ({})", what), damaged);
    }
  }

  z_stream stream_{};
  std::array<std::uint8_t, 1 << 16> input_{};
  std::uint64_t consumed_ = 0;  // compressed bytes
  bool inside_member_ = false;
};

ByteReader::ByteReader(const std::filesystem::path& path) : name_(path.string()) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw RequestError(fmt::format("cannot open {}: no such file", name_),
                       "check the spelling and the working folder");
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw RequestError(fmt::format("cannot read {}: not a regular file", name_), "name the file itself");
  }
  file_.open(path, std::ios::binary);
  const std::uint64_t length = std::filesystem::file_size(path, error);
  if (!file_ || error) {
    throw RequestError(fmt::format("cannot open {}: {}", name_, std::strerror(errno)),
                       "check its permissions");
  }
  length_bound_ = length;
  if (!begins_as_gzip(file_)) return;
  inflater_ = std::make_unique<Inflater>();
  length_bound_ = length * largest_deflate_ratio;
}

ByteReader::~ByteReader() = default;
ByteReader::ByteReader(ByteReader&&) noexcept = default;

std::size_t ByteReader::read(std::span<std::uint8_t> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    const auto rest = out.subspan(filled);
    std::size_t came = 0;
    if (inflater_) {
      came = inflater_->read(file_, name_, rest);
    } else {
      file_.read(reinterpret_cast<char*>(rest.data()), static_cast<std::streamsize>(rest.size()));
      came = static_cast<std::size_t>(file_.gcount());
    }
    if (file_.bad()) fail_at_byte(name_, position_, "cannot be read", "check its disk");
    if (came == 0) break;
    filled += came;
    position_ += came;
  }
  return filled;
}

}  // namespace ablate
