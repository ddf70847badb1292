#include "data/csv.hpp"

#include <cmath>
#include <cstring>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "data/byte_reader.hpp"
#include "data/excerpt.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_line = std::size_t{5} * longest_side * longest_side;  // "255, " a pixel
constexpr const char* row_shape = "a row is a label, then a value from 0 to 255 a pixel, with commas between";

/// The lines of a file, without their ends; counts them.
class LineReader {
 public:
  explicit LineReader(const std::filesystem::path& path) : reader_(path), block_(1 << 18) {}

  /// The next line, valid until the next call; nothing at the end.
  std::optional<std::string_view> next() {
    line_.clear();
    ++number_;
    for (;;) {
      if (rest_.empty() && !refill()) break;
      const std::size_t length = std::min(rest_.find('\n'), rest_.size());
      line_.append(rest_.substr(0, length));
      if (line_.size() > longest_line) {
        throw RequestError(Location{name(), number_},
                           fmt::format("a row of more than {} characters", longest_line), row_shape);
      }
      const bool whole = length < rest_.size();
      rest_.remove_prefix(length + (whole ? 1 : 0));
      if (whole) return without_return();
    }
    if (line_.empty()) return std::nullopt;
    return without_return();
  }

  int number() const { return number_; }
  const std::string& name() const { return reader_.name(); }

 private:
  bool refill() {
    const std::size_t came = reader_.read(block_);
    rest_ = {reinterpret_cast<const char*>(block_.data()), came};
    return came > 0;
  }

  std::string_view without_return() const {
    std::string_view line = line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  ByteReader reader_;
  std::vector<std::uint8_t> block_;
  std::string_view rest_;  // of block_
  std::string line_;
  int number_ = 0;
};

/// One row, taken apart from left to right.
class Row {
 public:
  Row(std::string_view text, const LineReader& lines) : text_(text), lines_(lines) {}

  /// The value at this place, and the comma after it.
  std::uint8_t value() {
    skip_spaces();
    start_ = at_;
    unsigned number = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && number <= 255) {
      number = number * 10 + static_cast<unsigned>(text_[at_++] - '0');
    }
    const bool digits = at_ > start_;
    skip_spaces();
    const bool ends = at_ == text_.size() || text_[at_] == ',';
    if (!digits || !ends || number > 255) refuse_field();
    more_ = at_ < text_.size();
    if (more_) ++at_;
    return static_cast<std::uint8_t>(number);
  }

  bool more() const { return more_; }

  /// Refuses the row at the value read last, or, once it is used up, at its end.
  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const {
    const std::size_t place = more_ ? start_ : text_.size();
    throw RequestError(Location{lines_.name(), lines_.number(), static_cast<int>(place) + 1}, what, hint);
  }
  [[noreturn]] void refuse_label(const std::string& what, const std::string& hint) const {
    throw RequestError(Location{lines_.name(), lines_.number(), 1}, what, hint);
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  [[noreturn]] void refuse_field() const {
    const std::string_view field = text_.substr(start_, text_.find(',', start_) - start_);
    const Location where{lines_.name(), lines_.number(), static_cast<int>(start_) + 1};
    throw RequestError(where, fmt::format("{} is not a whole number from 0 to 255", excerpt(field)),
                       row_shape);
  }

  std::string_view text_;
  const LineReader& lines_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  bool more_ = true;
};

bool is_header(std::string_view line) {
  const char first = line.empty() ? '\0' : line.front();
  return first == '"' || first == '_' || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
}

/// The side of the square image in the first row.
int side_of(std::string_view line, const LineReader& lines) {
  Row row(line, lines);
  std::size_t pixels = 0;
  for (row.value(); row.more(); ++pixels) row.value();
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(pixels))));
  if (side < 1 || side > longest_side || side * side != pixels) {
    row.refuse(fmt::format("{} pixels do not make a square image", pixels),
               "784 make 28 x 28; at most 256 x 256");
  }
  return static_cast<int>(side);
}

void append_row(std::string_view line, const LineReader& lines, const ClassMap& classes, ImageBlock& block) {
  Row row(line, lines);
  const std::uint8_t label = row.value();
  const auto found = classes.class_of(label);
  if (!found) {
    row.refuse_label(fmt::format("label {} is outside the classes {}", label, classes.range()),
                     "name the mapping file that belongs to these labels as data.mapping");
  }
  block.labels.push_back(*found);
  const std::size_t expected = block.pixels_per_image();
  const std::size_t start = block.pixels.size();
  block.pixels.resize(start + expected);
  for (std::size_t i = 0; i < expected; ++i) {
    if (!row.more()) row.refuse(fmt::format("the row ends after {} of {} pixels", i, expected), row_shape);
    block.pixels[start + i] = row.value();
  }
  if (row.more()) row.refuse(fmt::format("the row goes on after {} pixels", expected), row_shape);
}

/// Appends the rows of a file and returns how many there were.
std::size_t append_file(const std::filesystem::path& path, const ClassMap& classes, ImageBlock& block) {
  LineReader lines(path);
  const std::size_t before = block.labels.size();
  while (auto line = lines.next()) {
    if (lines.number() == 1 && line->starts_with("\xEF\xBB\xBF")) line->remove_prefix(3);
    if (lines.number() == 1 && is_header(*line)) continue;
    if (block.rows == 0) block.rows = block.columns = side_of(*line, lines);
    append_row(*line, lines, classes, block);
    if (block.pixels.size() > most_pixels) {
      throw RequestError(Location{lines.name(), lines.number()},
                         fmt::format("more than {} bytes of pixels", most_pixels), "split the file");
    }
  }
  if (block.labels.size() == before)
    throw RequestError(Location{lines.name()}, "the file holds no images", row_shape);
  return block.labels.size() - before;
}

}  // namespace

ImageBlock read_csv(const std::filesystem::path& train, const std::filesystem::path& test,
                    const ClassMap& classes) {
  ImageBlock block;
  block.train_images = append_file(train, classes, block);
  block.test_images = append_file(test, classes, block);
  return block;
}

}  // namespace ablate
