/// JPEG to pixels, by libjpeg.

#include <csetjmp>
#include <cstddef>
#include <cstdio>

#include <fmt/format.h>
#include <jpeglib.h>

#include "base/error.hpp"
#include "data/pictures.hpp"

namespace ablate {
namespace {

/// libjpeg reports faults by a function that must not return, so it jumps: between `setjmp` and the jump no
/// object with a destructor is made.
struct Decoder {
  jpeg_error_mgr errors;  // first: libjpeg knows it by this address
  std::jmp_buf out;
  char message[JMSG_LENGTH_MAX];
  jpeg_decompress_struct jpeg;
};

[[noreturn]] void leave(j_common_ptr jpeg) {
  auto* decoder = reinterpret_cast<Decoder*>(jpeg->err);
  jpeg->err->format_message(jpeg, decoder->message);
  std::longjmp(decoder->out, 1);
}

/// Warnings tell of damage that libjpeg paints over: they are faults here.
void warn(j_common_ptr jpeg, int level) {
  if (level < 0) leave(jpeg);
}

void say_nothing(j_common_ptr) {}

/// False on a fault, whose words are in `message`.
bool begin(Decoder& decoder, const unsigned char* bytes, unsigned long size) {
  if (setjmp(decoder.out) != 0) return false;
  jpeg_create_decompress(&decoder.jpeg);
  jpeg_mem_src(&decoder.jpeg, bytes, size);
  jpeg_read_header(&decoder.jpeg, TRUE);
  return true;
}

bool read(Decoder& decoder, unsigned char* pixels, std::size_t row_bytes) {
  if (setjmp(decoder.out) != 0) return false;
  jpeg_start_decompress(&decoder.jpeg);
  while (decoder.jpeg.output_scanline < decoder.jpeg.output_height) {
    JSAMPROW row = pixels + decoder.jpeg.output_scanline * row_bytes;
    jpeg_read_scanlines(&decoder.jpeg, &row, 1);
  }
  jpeg_finish_decompress(&decoder.jpeg);
  return true;
}

}  // namespace

Picture decode_jpeg(const std::string& bytes, const std::string& name) {
  Decoder decoder{};
  decoder.jpeg.err = jpeg_std_error(&decoder.errors);
  decoder.errors.error_exit = leave;
  decoder.errors.emit_message = warn;
  decoder.errors.output_message = say_nothing;
  struct Close {
    Decoder& decoder;
    ~Close() { jpeg_destroy_decompress(&decoder.jpeg); }
  } const close{decoder};
  const auto refuse = [&] {
    throw RequestError(Location{name}, fmt::format("the JPEG cannot be read: {}", decoder.message),
                       "the file is damaged or cut short: save or copy it again");
  };
  if (!begin(decoder, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size())) refuse();
  check_picture_size(decoder.jpeg.image_height, decoder.jpeg.image_width, name);
  if (decoder.jpeg.jpeg_color_space == JCS_CMYK || decoder.jpeg.jpeg_color_space == JCS_YCCK) {
    throw RequestError(Location{name}, "a JPEG in the four colours of print (CMYK)",
                       "save it in RGB or grey");
  }
  const bool grey = decoder.jpeg.jpeg_color_space == JCS_GRAYSCALE;
  decoder.jpeg.out_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
  decoder.jpeg.dct_method = JDCT_ISLOW;  // whole numbers: the same pixels on every machine
  Picture picture{static_cast<int>(decoder.jpeg.image_height),
                  static_cast<int>(decoder.jpeg.image_width),
                  grey ? 1 : 3,
                  {}};
  const std::size_t row_bytes = static_cast<std::size_t>(picture.columns) * (grey ? 1 : 3);
  picture.pixels.resize(row_bytes * static_cast<std::size_t>(picture.rows));
  if (!read(decoder, picture.pixels.data(), row_bytes)) refuse();
  return picture;
}

}  // namespace ablate
