#include "data/png.hpp"

#include <stdexcept>

#include <png.h>

namespace ablate {

namespace {

std::string encode(int rows, int columns, png_uint_32 format, const std::vector<std::uint8_t>& pixels) {
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(columns);
  header.height = static_cast<png_uint_32>(rows);
  header.format = format;
  png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(header);
  std::string bytes(length, '\0');
  if (!png_image_write_to_memory(&header, bytes.data(), &length, 0, pixels.data(), 0, nullptr)) {
    throw std::runtime_error(header.message);
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace

std::string encode_png(const GreyImage& image) {
  return encode(image.rows, image.columns, PNG_FORMAT_GRAY, image.pixels);
}

std::string encode_png(int rows, int columns, const std::vector<std::uint8_t>& colours) {
  return encode(rows, columns, PNG_FORMAT_RGB, colours);
}

}  // namespace ablate
