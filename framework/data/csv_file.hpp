#pragma once
/// A CSV file row by row, taken apart into fields.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "data/byte_reader.hpp"

namespace ablate {

/// What to try where a row of images is not one.
constexpr const char* row_shape = "a row is a label and the values of an image, with commas between";

/// Rows of fields with commas, semicolons or tabs between: whichever the first row has most of. Fields may stand
/// in double quotes, a quote inside doubled; blanks around a field do not count. A byte order mark, Windows line
/// ends, blank lines at the end and an empty field after the last separator of every row are understood.
class CsvFile {
 public:
  /// Throws RequestError for a file that cannot be read.
  explicit CsvFile(const std::filesystem::path& path);

  /// The next row; false at the end. Throws RequestError with the place for a blank line before another row, a
  /// quote that is not closed, text after a quote, a row too long.
  bool next();

  /// Of the row at hand, valid until the next.
  std::span<const std::string> fields() const { return std::span(fields_).first(count_); }
  char separator() const { return separator_; }
  const std::string& name() const { return reader_.name(); }

  /// Where a field begins; one past the last is the row's end.
  Location place(std::size_t field) const;
  [[noreturn]] void refuse(std::size_t field, const std::string& what, const std::string& hint) const;

 private:
  bool read_line();
  bool refill();
  void choose_separator();
  void split();
  std::size_t take_quoted(std::size_t at, std::string& field) const;

  ByteReader reader_;
  std::vector<std::uint8_t> block_;
  std::string_view rest_;  // of block_
  std::string line_;
  std::vector<std::string> fields_;  // kept from row to row, so that no memory is allocated again
  std::vector<std::size_t> starts_;
  std::size_t count_ = 0;
  char separator_ = '\0';
  bool ends_empty_ = false;  // the first row has an empty field after its last separator
  int number_ = 0;
};

}  // namespace ablate
