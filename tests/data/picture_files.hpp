#pragma once
/// Small picture files that the tests of data read. The JPEG files are made by `cjpeg -quality 90
/// -optimize`, their pixels by `djpeg -pnm -dct int`, both of libjpeg-turbo 2.1.5; the PNG files by Python's zlib.

#include <string>
#include <string_view>
#include <vector>

#include "base/base64.hpp"

namespace ablate::test {

constexpr const char* grey_jpeg =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQ"
    "ERMUFRUVDA8XGBYUGBIUFRT/wAALCAAEAAQBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABwQAAEDBQAAAAAAAAAAAAAA"
    "AAEFB1EAFyRBYf/aAAgBAQAAPwAsyLbINvE/EnYgcr//2Q==";
inline const std::vector<int> grey_jpeg_pixels = {0,  29, 60, 90,  21, 50, 81,  111,
                                                  39, 68, 99, 130, 62, 91, 122, 152};

constexpr const char* colour_jpeg =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQ"
    "ERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU"
    "FBQUFBQUFBQUFBQUFBT/wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAdEAABBAIDAAAAAAAA"
    "AAAAAAABAAIDBgUHESFi/8QAFQEBAQAAAAAAAAAAAAAAAAAABQb/xAAdEQAABQUAAAAAAAAAAAAAAAAAAQIDBTM0cXKx/9oA"
    "DAMBAAIRAxEAPwCo6+1FRX0vEOdSq65xgHJOKgJPZ8IiI1qmnBC7jLFjRPCH/9k=";
inline const std::vector<int> colour_jpeg_pixels = {0,  25,  0,  0,   51,  0,   92,  34,  46,
                                                    87, 147, 85, 119, 179, 117, 227, 169, 181};

/// Two pixels of grey and alpha: a transparent one and a black one.
constexpr const char* transparent_png =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==";
/// One pixel of 16 bits.
constexpr const char* deep_png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABEAAAAABq7kcWAAAAC0lEQVR4nGMQMgEAAFsAR5b7G2UAAAAASUVORK5CYII=";

/// The bytes of one of the files above.
inline std::string picture_file(const char* text) {
  const std::vector<std::uint8_t> bytes = bytes_of_base64(text).value();
  return {bytes.begin(), bytes.end()};
}

}  // namespace ablate::test
