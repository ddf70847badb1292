#include "data/csv_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "data/excerpt.hpp"
#include "data/image_block.hpp"

namespace ablate {
namespace {

/// "0.12345678901234567, " a value, three of them a pixel.
constexpr std::size_t longest_line = std::size_t{24} * 3 * longest_side * longest_side;
constexpr std::size_t most_fields = std::size_t{3} * longest_side * longest_side + 8;

bool is_blank(char letter) { return letter == ' ' || letter == '\t'; }

}  // namespace

CsvFile::CsvFile(const std::filesystem::path& path) : reader_(path), block_(1 << 18) {}

Location CsvFile::place(std::size_t field) const {
  const std::size_t start = field < count_ ? starts_[field] : line_.size();
  return {name(), number_, static_cast<int>(start) + 1};
}

void CsvFile::refuse(std::size_t field, const std::string& what, const std::string& hint) const {
  throw RequestError(place(field), what, hint);
}

bool CsvFile::refill() {
  const std::size_t came = reader_.read(block_);
  rest_ = {reinterpret_cast<const char*>(block_.data()), came};
  return came > 0;
}

bool CsvFile::read_line() {
  line_.clear();
  ++number_;
  for (bool any = false;; any = true) {
    if (rest_.empty() && !refill()) return any;
    const std::size_t length = std::min(rest_.find('\n'), rest_.size());
    line_.append(rest_.substr(0, length));
    if (line_.size() > longest_line) {
      throw RequestError(Location{name(), number_},
                         fmt::format("a row of more than {} characters", longest_line), row_shape);
    }
    const bool whole = length < rest_.size();
    rest_.remove_prefix(length + (whole ? 1 : 0));
    if (whole) return true;
  }
}

bool CsvFile::next() {
  int blank = 0;
  while (read_line()) {
    if (number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
    if (line_.ends_with('\r')) line_.pop_back();
    if (std::all_of(line_.begin(), line_.end(), is_blank)) {
      if (blank == 0) blank = number_;
      continue;
    }
    if (blank > 0) {
      throw RequestError(Location{name(), blank, 1}, "a blank line before another row", "remove the line");
    }
    if (separator_ == '\0') choose_separator();
    split();
    return true;
  }
  return false;
}

void CsvFile::choose_separator() {
  separator_ = ',';
  std::ptrdiff_t most = std::count(line_.begin(), line_.end(), ',');
  for (const char other : {';', '\t'}) {
    const std::ptrdiff_t count = std::count(line_.begin(), line_.end(), other);
    if (count > most) separator_ = other, most = count;
  }
  const std::size_t last = line_.find_last_not_of(' ');
  ends_empty_ = most > 0 && last != std::string::npos && line_[last] == separator_;
}

std::size_t CsvFile::take_quoted(std::size_t at, std::string& field) const {
  const std::size_t open = at++;
  for (; at < line_.size(); ++at) {
    if (line_[at] != '"') {
      field += line_[at];
    } else if (at + 1 < line_.size() && line_[at + 1] == '"') {
      field += line_[at++];
    } else {
      return at + 1;
    }
  }
  throw RequestError(Location{name(), number_, static_cast<int>(open) + 1},
                     "the quote that opens here is not closed in its line",
                     "fields with line ends are not read");
}

void CsvFile::split() {
  count_ = 0;
  const auto blanks = [&](std::size_t from) {
    while (from < line_.size() && line_[from] != separator_ && is_blank(line_[from])) ++from;
    return from;
  };
  for (std::size_t at = 0;;) {
    at = blanks(at);
    if (count_ == fields_.size()) fields_.emplace_back(), starts_.emplace_back();
    std::string& field = fields_[count_];
    field.clear();
    starts_[count_++] = at;
    if (count_ > most_fields)
      refuse(count_ - 1, fmt::format("a row of more than {} fields", most_fields), row_shape);
    if (at < line_.size() && line_[at] == '"') {
      at = blanks(take_quoted(at, field));
      if (at < line_.size() && line_[at] != separator_) {
        throw RequestError(Location{name(), number_, static_cast<int>(at) + 1},
                           fmt::format("{} follows a closing quote", excerpt(line_.substr(at))),
                           "a quote inside a quoted field is written twice");
      }
    } else {
      const std::size_t end = std::min(line_.find(separator_, at), line_.size());
      field.assign(line_, at, end - at);
      while (!field.empty() && is_blank(field.back())) field.pop_back();
      at = end;
    }
    if (at == line_.size()) break;
    ++at;
  }
  if (ends_empty_ && count_ > 1 && fields_[count_ - 1].empty()) --count_;
}

}  // namespace ablate
