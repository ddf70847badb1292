#include "data/npy.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/half_precision.hpp"
#include "data/excerpt.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_dimensions = 4;
constexpr std::size_t most_elements = std::size_t{1} << 31;

/// The text between `key` and the next of `ends`, without blanks; empty where it is not there.
std::string_view value_after(std::string_view header, std::string_view key, std::string_view ends) {
  const std::size_t at = header.find(key);
  if (at == std::string_view::npos) return {};
  std::string_view rest = header.substr(at + key.size());
  const std::size_t begin = rest.find_first_not_of(" :");
  if (begin == std::string_view::npos) return {};
  rest.remove_prefix(begin);
  return rest.substr(0, rest.find_first_of(ends));
}

}  // namespace

void NpyArray::refuse(const std::string& what, const std::string& hint) const {
  throw RequestError(Location{name_}, what, hint);
}

NpyArray::NpyArray(std::string_view bytes, std::string name) : name_(std::move(name)) {
  constexpr std::string_view magic = "\x93NUMPY";
  if (!bytes.starts_with(magic) || bytes.size() < 12)
    refuse("this is not a NumPy array", "numpy.save and numpy.savez make them");
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  const bool first_version = byte(6) == 1;
  const std::size_t begin = first_version ? 10 : 12;
  const std::size_t length =
      byte(8) + (byte(9) << 8) + (first_version ? 0 : (byte(10) << 16) + (byte(11) << 24));
  if (length > bytes.size() - begin)
    refuse("the array ends inside its header", "the file is damaged: save it again");
  read_header(bytes.substr(begin, length));
  data_ = bytes.substr(begin + length);
  if (data_.size() == size_ * width_) return;
  refuse(fmt::format("the array holds {} bytes, and its header says {}", data_.size(), size_ * width_),
         "the file is damaged: save it again");
}

void NpyArray::read_header(std::string_view header) {
  const std::string_view type = value_after(header, "'descr'", ",");
  const std::string_view kinds = "uifb", orders = "<>|=";
  const bool plain = type.size() == 5 && type.front() == '\'' && type.back() == '\'' &&
                     orders.find(type[1]) != std::string_view::npos &&
                     kinds.find(type[2]) != std::string_view::npos;
  const std::size_t width = plain ? static_cast<std::size_t>(type[3] - '0') : 0;
  const bool known = plain && (width == 2 || width == 4 || width == 8 || (width == 1 && type[2] != 'f'));
  if (!known)
    refuse(fmt::format("an array of {}", excerpt(type)),
           "whole numbers of 1 to 8 bytes are read, others of 2 to 8: .astype('float32')");
  kind_ = type[2];
  big_endian_ = type[1] == '>';
  width_ = width;
  is_by_columns_ = value_after(header, "'fortran_order'", ",}") == "True";
  std::string_view sides = value_after(header, "'shape'", ")");
  if (!sides.starts_with('(')) refuse("the header names no shape", "the file is damaged: save it again");
  sides.remove_prefix(1);
  while (true) {
    sides.remove_prefix(std::min(sides.find_first_not_of(" ,"), sides.size()));
    if (sides.empty()) break;
    std::size_t side = 0;
    const auto [end, error] = std::from_chars(sides.data(), sides.data() + sides.size(), side);
    const bool fits = error == std::errc() && side <= most_elements && shape_.size() < most_dimensions &&
                      (side == 0 || size_ <= most_elements / side);
    if (!fits)
      refuse("an array of more sides or elements than are read",
             "images, rows, columns and channels are four sides");
    shape_.push_back(side);
    size_ *= side;
    sides.remove_prefix(static_cast<std::size_t>(end - sides.data()));
  }
}

std::size_t NpyArray::place_of(std::size_t i) const {
  if (!is_by_columns_) return i;
  std::size_t place = 0, step = size_;
  for (std::size_t side = shape_.size(); side-- > 0; i /= shape_[side]) {
    step /= shape_[side];
    place += i % shape_[side] * step;
  }
  return place;
}

double NpyArray::at(std::size_t i) const {
  const std::size_t begin = place_of(i) * width_;
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < width_; ++k) {
    const std::size_t place = big_endian_ ? k : width_ - 1 - k;
    bits = (bits << 8) | static_cast<unsigned char>(data_[begin + place]);
  }
  if (kind_ == 'f' && width_ == 2) return half_precision(static_cast<std::uint16_t>(bits));
  if (kind_ == 'f') {
    return width_ == 8 ? std::bit_cast<double>(bits)
                       : static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  }
  if (kind_ != 'i') return static_cast<double>(bits);
  const auto unused = static_cast<int>(64 - 8 * width_);
  return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
}

}  // namespace ablate
