#include "data/png.hpp"

#include <stdexcept>

#include <png.h>

namespace ablate {

std::string encode_png(const GreyImage& image) {
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(image.columns);
  header.height = static_cast<png_uint_32>(image.rows);
  header.format = PNG_FORMAT_GRAY;
  png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(header);
  std::string bytes(length, '\0');
  if (!png_image_write_to_memory(&header, bytes.data(), &length, 0, image.pixels.data(), 0, nullptr)) {
    throw std::runtime_error(header.message);
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace ablate
