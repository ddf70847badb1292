/// PNG to pixels, by libpng's simplified interface: it reads from memory and never past it.

#include <memory>
#include <string_view>

#include <fmt/format.h>
#include <png.h>

#include "base/error.hpp"
#include "data/pictures.hpp"

namespace ablate {
namespace {

constexpr std::size_t depth_at = 24, kind_at = 25;              // of the header chunk, which comes first
constexpr std::string_view end_chunk = "IEND\xAE\x42\x60\x82";  // with its check sum
constexpr const char* cut_short = "the file is damaged or cut short: save or copy it again";
constexpr unsigned grey = 0, grey_alpha = 4;

}  // namespace

Picture decode_png(const std::string& bytes, const std::string& name) {
  const auto refuse = [&](const std::string& what, const char* hint) -> void {
    throw RequestError(Location{name}, what, hint);
  };
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, void (*)(png_image*)> owner(&header, png_image_free);
  if (!png_image_begin_read_from_memory(&header, bytes.data(), bytes.size()))
    refuse(fmt::format("the PNG cannot be read: {}", header.message), cut_short);
  if (bytes.find(end_chunk) == std::string::npos) refuse("the PNG has no end: it is cut short", cut_short);
  check_picture_size(header.height, header.width, name);
  if (bytes.size() > kind_at && bytes[depth_at] == 16)
    refuse("a PNG of 16 bits a channel, where 8 are read", "save it with 8 bits a channel");
  const auto kind = static_cast<unsigned char>(bytes[kind_at]);
  const bool is_grey = kind == grey || kind == grey_alpha;
  header.format = is_grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  Picture picture{static_cast<int>(header.height), static_cast<int>(header.width), is_grey ? 1 : 3, {}};
  picture.pixels.resize(PNG_IMAGE_SIZE(header));
  const png_color white{255, 255, 255};
  if (!png_image_finish_read(&header, &white, picture.pixels.data(), 0, nullptr))
    refuse(fmt::format("the PNG cannot be read: {}", header.message), cut_short);
  return picture;
}

}  // namespace ablate
