#pragma once
/// PNG and JPEG files to pixels. What such a file says of itself is checked before memory is taken. The places
/// that know libpng and libjpeg are png_picture.cpp and jpeg_picture.cpp.

#include <cstdint>
#include <string>
#include <vector>

namespace ablate {

constexpr std::uint64_t most_picture_bytes = std::uint64_t{1} << 26;  ///< of a file
constexpr std::uint64_t most_picture_pixels = std::uint64_t{1} << 26;

struct Picture {
  int rows = 0, columns = 0;
  int channels = 1;  ///< 1 or 3: red, green and blue of a pixel are adjacent
  std::vector<std::uint8_t> pixels;
};

/// The picture in the bytes of a file: a PNG of 8 bits a channel or fewer (of transparent ones as they look on
/// white), or a JPEG. `name` stands for the file in messages. Throws RequestError for anything else, for files
/// that are damaged or truncated, and for sides or areas too large.
Picture decode_picture(const std::string& bytes, const std::string& name);

/// `picture` with so many rows and columns: each new pixel is the mean of what it covers of the old ones,
/// rounded, in whole numbers.
Picture scaled(const Picture& picture, int rows, int columns);

/// Private to the two decoders. Throws RequestError where the sides are not to be read.
void check_picture_size(std::uint64_t rows, std::uint64_t columns, const std::string& name);
Picture decode_png(const std::string& bytes, const std::string& name);
Picture decode_jpeg(const std::string& bytes, const std::string& name);

}  // namespace ablate
