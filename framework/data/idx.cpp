#include "data/idx.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "data/byte_reader.hpp"

namespace ablate {
namespace {

constexpr std::uint32_t images_magic = 0x803;  // unsigned bytes, three dimensions
constexpr std::uint32_t labels_magic = 0x801;  // unsigned bytes, one dimension
constexpr std::uint64_t count_at = 4;
constexpr std::uint64_t sizes_at = 8;
constexpr std::size_t block_bytes = 1 << 20;
constexpr const char* damaged = "the file is damaged or incomplete: download or copy it again";

/// One file, opened, its header read and checked.
class IdxFile {
 public:
  IdxFile(const std::filesystem::path& path, std::uint32_t magic)
      : reader_(path), images_(magic == images_magic) {
    check_magic(magic);
    count_ = word();
    if (images_) {
      rows_ = word();
      columns_ = word();
      check_sizes();
    }
    check_length();
  }

  std::size_t count() const { return count_; }
  int rows() const { return static_cast<int>(rows_); }
  int columns() const { return static_cast<int>(columns_); }
  std::uint64_t content_bytes() const { return std::uint64_t{count_} * rows_ * columns_; }
  const std::string& name() const { return reader_.name(); }

  /// Appends the content block by block, so that memory grows with what is truly there.
  void append_to(std::vector<std::uint8_t>& bytes) {
    std::uint64_t left = content_bytes();
    while (left > 0) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, block_bytes));
      const std::size_t start = bytes.size();
      bytes.resize(start + wanted);
      if (reader_.read(std::span(bytes).subspan(start)) != wanted) fail_truncated();
      left -= wanted;
    }
    std::array<std::uint8_t, 1> beyond{};
    const std::uint64_t end = reader_.position();
    if (reader_.read(beyond) == 0) return;
    fail_at_byte(name(), end, fmt::format("the file goes on after its {} {}", count_, kind()), damaged);
  }

 private:
  std::string_view kind() const { return images_ ? "images" : "labels"; }

  std::uint32_t word() {
    std::array<std::uint8_t, 4> bytes{};
    if (reader_.read(bytes) != bytes.size()) {
      fail_at_byte(name(), reader_.position(),
                   fmt::format("the file ends inside the header of {} bytes", images_ ? 16 : 8), damaged);
    }
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes) value = (value << 8) | byte;
    return value;
  }

  void check_magic(std::uint32_t expected) {
    const std::uint32_t found = word();
    if (found == expected) return;
    const bool other_kind = found == images_magic || found == labels_magic;
    if (other_kind) {
      fail_at_byte(
          name(), 0,
          fmt::format("the file holds {}, where {} were expected", images_ ? "labels" : "images", kind()),
          "images come first, then labels: exchange the two names");
    }
    fail_at_byte(
        name(), 0,
        fmt::format("magic number 0x{:08x}, where IDX {} begin with 0x{:08x}", found, kind(), expected),
        "name an IDX file of unsigned bytes, plain or gzipped");
  }

  void check_sizes() const {
    const auto fits = [](std::uint32_t side) { return side >= 1 && side <= std::uint32_t{longest_side}; };
    if (fits(rows_) && fits(columns_)) return;
    fail_at_byte(name(), sizes_at, fmt::format("images of {} x {} pixels", rows_, columns_),
                 fmt::format("images may have 1 x 1 to {0} x {0} pixels", longest_side));
  }

  void check_length() const {
    if (count_ == 0)
      fail_at_byte(name(), count_at, fmt::format("the file holds no {}", kind()), "name another file");
    if (content_bytes() > most_pixels) {
      fail_at_byte(name(), count_at, fmt::format("{} {} take {} bytes", count_, kind(), content_bytes()),
                   fmt::format("at most {} bytes are read: split the file", most_pixels));
    }
    const std::uint64_t whole = reader_.position() + content_bytes();
    if (whole <= reader_.length_bound()) return;
    fail_at_byte(name(), count_at,
                 fmt::format("{} {} need {} bytes, and the file cannot hold more than {}", count_, kind(),
                             whole, reader_.length_bound()),
                 damaged);
  }

  [[noreturn]] void fail_truncated() const {
    const std::uint64_t content = reader_.position() - (images_ ? 16 : 8);
    fail_at_byte(name(), reader_.position(),
                 fmt::format("the file ends after {} of {} {}", content / (std::uint64_t{rows_} * columns_),
                             count_, kind()),
                 damaged);
  }

  ByteReader reader_;
  bool images_;
  std::uint32_t count_ = 0;
  std::uint32_t rows_ = 1;  // a label is one byte
  std::uint32_t columns_ = 1;
};

void check_counts(const IdxFile& images, const IdxFile& labels) {
  if (images.count() == labels.count()) return;
  fail_at_byte(
      labels.name(), count_at,
      fmt::format("{} labels, and {} holds {} images", labels.count(), images.name(), images.count()),
      "name images and labels of the same split");
}

void append_labels(IdxFile& file, const ClassMap& classes, std::vector<std::uint8_t>& labels) {
  const std::size_t first = labels.size();
  file.append_to(labels);
  for (std::size_t i = first; i < labels.size(); ++i) {
    const auto found = classes.class_of(labels[i]);
    if (!found) {
      fail_at_byte(file.name(), 8 + (i - first),
                   fmt::format("label {} is outside the classes {}", labels[i], classes.range()),
                   "name the mapping file that belongs to these labels as data.mapping");
    }
    labels[i] = *found;
  }
}

/// The four files, opened and held against each other.
struct OpenFiles {
  explicit OpenFiles(const IdxFiles& files)
      : train_images(files.train_images, images_magic),
        train_labels(files.train_labels, labels_magic),
        test_images(files.test_images, images_magic),
        test_labels(files.test_labels, labels_magic) {
    check_counts(train_images, train_labels);
    check_counts(test_images, test_labels);
    if (train_images.rows() == test_images.rows() && train_images.columns() == test_images.columns()) return;
    fail_at_byte(
        test_images.name(), sizes_at,
        fmt::format("images of {} x {} pixels, and {} holds {} x {}", test_images.rows(),
                    test_images.columns(), train_images.name(), train_images.rows(), train_images.columns()),
        "name two splits of one data set");
  }

  std::vector<std::uint8_t> labels(const ClassMap& classes) {
    std::vector<std::uint8_t> all;
    append_labels(train_labels, classes, all);
    append_labels(test_labels, classes, all);
    return all;
  }

  IdxFile train_images, train_labels, test_images, test_labels;
};

}  // namespace

ImageBlock read_idx(const IdxFiles& files, const ClassMap& classes) {
  OpenFiles open(files);
  const std::uint64_t total = open.train_images.content_bytes() + open.test_images.content_bytes();
  if (total > most_pixels) {
    throw RequestError(
        fmt::format("{} and {} take {} bytes", open.train_images.name(), open.test_images.name(), total),
        fmt::format("a data set may have {} bytes of pixels", most_pixels));
  }
  ImageBlock block{open.train_images.rows(),
                   open.train_images.columns(),
                   open.train_images.count(),
                   open.test_images.count(),
                   {},
                   open.labels(classes)};
  block.pixels.reserve(static_cast<std::size_t>(total));
  open.train_images.append_to(block.pixels);
  open.test_images.append_to(block.pixels);
  return block;
}

IdxSizes measure_idx(const IdxFiles& files, const ClassMap& classes) {
  OpenFiles open(files);
  const std::vector<std::uint8_t> labels = open.labels(classes);
  const std::uint8_t largest = *std::max_element(labels.begin(), labels.end());
  return {open.train_images.count(), open.test_images.count(), open.train_images.rows(),
          open.train_images.columns(), classes.names_up_to(largest).size()};
}

}  // namespace ablate
