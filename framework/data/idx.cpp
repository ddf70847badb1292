#include "data/idx.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "data/byte_reader.hpp"

namespace ablate {
namespace {

constexpr std::uint32_t images_magic = 0x803;   // unsigned bytes, three dimensions
constexpr std::uint32_t colours_magic = 0x804;  // a fourth: the channels, first or last
constexpr std::uint32_t labels_magic = 0x801;   // unsigned bytes, one dimension
constexpr std::uint64_t count_at = 4;
constexpr std::uint64_t sizes_at = 8;
constexpr std::size_t block_bytes = 1 << 20;
constexpr const char* damaged_idx = "the file is damaged or incomplete: download or copy it again";

/// One file, opened, its header read and checked.
class IdxFile {
 public:
  IdxFile(const std::filesystem::path& path, std::uint32_t magic)
      : reader_(path), images_(magic == images_magic), header_bytes_(images_ ? 16 : 8) {
    const bool colours = check_magic(magic);
    if (colours) header_bytes_ = 20;
    count_ = word();
    if (images_) read_sizes(colours);
    check_length();
  }

  std::size_t count() const { return count_; }
  int rows() const { return static_cast<int>(rows_); }
  int columns() const { return static_cast<int>(columns_); }
  int channels() const { return static_cast<int>(channels_); }
  bool planar() const { return planar_; }
  std::string size_text() const {
    const std::string text = fmt::format("{} x {}", rows_, columns_);
    return channels_ == 1 ? text : fmt::format("{} x {}", text, channels_);
  }
  std::uint64_t content_bytes() const { return std::uint64_t{count_} * rows_ * columns_ * channels_; }
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
    fail_at_byte(name(), end, fmt::format("the file goes on after its {} {}", count_, kind()), damaged_idx);
  }

 private:
  std::string_view kind() const { return images_ ? "images" : "labels"; }

  std::uint32_t word() {
    std::array<std::uint8_t, 4> bytes{};
    if (reader_.read(bytes) != bytes.size()) {
      fail_at_byte(name(), reader_.position(),
                   fmt::format("the file ends inside the header of {} bytes", header_bytes_), damaged_idx);
    }
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes) value = (value << 8) | byte;
    return value;
  }

  /// True for images of a fourth dimension.
  bool check_magic(std::uint32_t expected) {
    const std::uint32_t found = word();
    if (images_ && found == colours_magic) return true;
    if (found == expected) return false;
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

  void read_sizes(bool colours) {
    rows_ = word();
    columns_ = word();
    if (colours) {
      channels_ = word();
      planar_ = rows_ == 3 && channels_ != 3;
      if (planar_) std::swap(rows_, channels_), std::swap(rows_, columns_);
    }
    const auto fits = [](std::uint32_t side) { return side >= 1 && side <= std::uint32_t{longest_side}; };
    if (channels_ != 1 && channels_ != 3) {
      fail_at_byte(name(), sizes_at, fmt::format("images of {} channels", channels_),
                   "grey images have one channel, colours three, first or last");
    }
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
                 damaged_idx);
  }

  [[noreturn]] void fail_truncated() const {
    const std::uint64_t content = reader_.position() - header_bytes_;
    fail_at_byte(name(), reader_.position(),
                 fmt::format("the file ends after {} of {} {}",
                             content / (std::uint64_t{rows_} * columns_ * channels_), count_, kind()),
                 damaged_idx);
  }

  ByteReader reader_;
  bool images_;
  std::uint64_t header_bytes_;
  std::uint32_t count_ = 0;
  std::uint32_t rows_ = 1;  // a label is one byte
  std::uint32_t columns_ = 1;
  std::uint32_t channels_ = 1;
  bool planar_ = false;  // a whole channel stands together
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

/// One split, opened, its labels checked against its images.
struct OpenSplit {
  OpenSplit(const std::filesystem::path& image_file, const std::filesystem::path& label_file)
      : images(image_file, images_magic), labels(label_file, labels_magic) {
    check_counts(images, labels);
  }

  IdxFile images, labels;
};

/// The files, opened and checked against each other.
struct OpenFiles {
  explicit OpenFiles(const IdxFiles& files) : train(files.train_images, files.train_labels) {
    if (files.test_images.empty()) return;
    test.emplace(files.test_images, files.test_labels);
    const IdxFile &a = train.images, &b = test->images;
    if (a.size_text() == b.size_text() && a.planar() == b.planar()) return;
    fail_at_byte(b.name(), sizes_at,
                 fmt::format("images of {} pixels, and {} holds {}", b.size_text(), a.name(), a.size_text()),
                 "name two splits of one data set");
  }

  std::vector<std::uint8_t> labels(const ClassMap& classes) {
    std::vector<std::uint8_t> all;
    append_labels(train.labels, classes, all);
    if (test) append_labels(test->labels, classes, all);
    return all;
  }

  std::size_t test_count() const { return test ? test->images.count() : 0; }

  OpenSplit train;
  std::optional<OpenSplit> test;
};

}  // namespace

ImageBlock read_idx(const IdxFiles& files, const ClassMap& classes) {
  OpenFiles open(files);
  IdxFile& train = open.train.images;
  const std::uint64_t total = train.content_bytes() + (open.test ? open.test->images.content_bytes() : 0);
  if (total > most_pixels) {
    throw RequestError(fmt::format("{} and its test set take {} bytes", train.name(), total),
                       fmt::format("a data set may have {} bytes of pixels", most_pixels));
  }
  ImageBlock block{train.rows(), train.columns(),      train.count(),   open.test_count(),
                   {},           open.labels(classes), train.channels()};
  block.pixels.reserve(static_cast<std::size_t>(total));
  train.append_to(block.pixels);
  if (open.test) open.test->images.append_to(block.pixels);
  if (train.planar()) interleave_channels(block);
  return block;
}

DataSizes measure_idx(const IdxFiles& files, const ClassMap& classes) {
  OpenFiles open(files);
  std::vector<std::uint8_t> labels = open.labels(classes);
  const IdxFile& train = open.train.images;
  return {train.count(), open.test_count(), train.rows(), train.columns(),
          classes.name_classes(labels).size()};
}

}  // namespace ablate
