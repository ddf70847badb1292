#include "data/pictures.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/error.hpp"
#include "data/excerpt.hpp"

namespace ablate {
namespace {

/// What an old side of `old_side` pixels becomes along one of `new_side`: new pixel i covers the old ones from
/// i * old / new to (i + 1) * old / new; in units of 1 / new, so that all weights are whole.
struct Cover {
  int first;
  std::vector<std::uint64_t> weights;  ///< of the old pixels from `first` on; they add up to old_side
};

std::vector<Cover> covers(int old_side, int new_side) {
  std::vector<Cover> all;
  for (std::int64_t i = 0; i < new_side; ++i) {
    const std::int64_t begin = i * old_side, end = begin + old_side;
    Cover cover{static_cast<int>(begin / new_side), {}};
    for (std::int64_t at = begin; at < end;) {
      const std::int64_t next = std::min(end, (at / new_side + 1) * new_side);
      cover.weights.push_back(static_cast<std::uint64_t>(next - at));
      at = next;
    }
    all.push_back(std::move(cover));
  }
  return all;
}

}  // namespace

void check_picture_size(std::uint64_t rows, std::uint64_t columns, const std::string& name) {
  if (rows > 0 && columns > 0 && rows * columns <= most_picture_pixels) return;
  throw RequestError(Location{name}, fmt::format("a picture of {} x {} pixels", rows, columns),
                     fmt::format("at most {} pixels are read", most_picture_pixels));
}

Picture decode_picture(const std::string& bytes, const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> others = {
      {{"GIF8", "GIF"}, {"BM", "BMP"}, {"RIFF", "WebP"}, {"II*", "TIFF"}, {"MM", "TIFF"}}};
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return decode_png(bytes, name);
  if (bytes.starts_with("\xFF\xD8\xFF")) return decode_jpeg(bytes, name);
  for (const auto& [begin, kind] : others) {
    if (bytes.starts_with(begin))
      throw RequestError(Location{name}, fmt::format("this is {}", kind), "convert it to PNG or JPEG");
  }
  throw RequestError(Location{name},
                     bytes.empty() ? "the file is empty"
                                   : fmt::format("neither PNG nor JPEG: it begins with {}", excerpt(bytes)),
                     "a folder of a class holds PNG and JPEG files alone");
}

Picture scaled(const Picture& picture, int rows, int columns) {
  if (picture.rows == rows && picture.columns == columns) return picture;
  const std::vector<Cover> down = covers(picture.rows, rows), across = covers(picture.columns, columns);
  const std::uint64_t whole =
      static_cast<std::uint64_t>(picture.rows) * static_cast<std::uint64_t>(picture.columns);
  Picture made{rows, columns, picture.channels, {}};
  for (const Cover& y : down) {
    for (const Cover& x : across) {
      for (int k = 0; k < picture.channels; ++k) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < y.weights.size(); ++i) {
          for (std::size_t j = 0; j < x.weights.size(); ++j) {
            const std::size_t row = static_cast<std::size_t>(y.first) + i,
                              column = static_cast<std::size_t>(x.first) + j;
            const std::size_t at = (row * static_cast<std::size_t>(picture.columns) + column) *
                                       static_cast<std::size_t>(picture.channels) +
                                   static_cast<std::size_t>(k);
            sum += y.weights[i] * x.weights[j] * picture.pixels[at];
          }
        }
        made.pixels.push_back(static_cast<std::uint8_t>((sum + whole / 2) / whole));
      }
    }
  }
  return made;
}

}  // namespace ablate
