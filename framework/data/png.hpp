#pragma once
/// Grey pictures, and their encoding as PNG.

#include <cstdint>
#include <string>
#include <vector>

namespace ablate {

/// A grey picture, white at first; 0 is black.
struct GreyImage {
  GreyImage(int row_count, int column_count)
      : rows(row_count),
        columns(column_count),
        pixels(static_cast<std::size_t>(row_count) * static_cast<std::size_t>(column_count), 255) {}

  std::uint8_t& at(int row, int column) {
    return pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                  static_cast<std::size_t>(column)];
  }

  int rows;
  int columns;
  std::vector<std::uint8_t> pixels;  ///< row by row
};

/// The bytes of a PNG file. The image must not be empty.
std::string encode_png(const GreyImage& image);

/// The same of a colour picture of these sizes: red, green and blue of a pixel are adjacent, row by row.
std::string encode_png(int rows, int columns, const std::vector<std::uint8_t>& colours);

}  // namespace ablate
