#include "exchange/event_file.hpp"

#include <catch2/catch.hpp>

#include "base/crc32c.hpp"

using namespace ablate;

namespace {

TEST_CASE("the checksum of event files is CRC-32C") {
  // RFC 3720, B.4: 32 bytes of zeros, of ones, and 0 to 31; "123456789" is the usual check value of catalogues.
  CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AA);
  CHECK(crc32c(std::string(32, '\xFF')) == 0x62A8AB43);
  CHECK(crc32c("123456789") == 0xE3069283);
}

TEST_CASE("fields are written as Protocol Buffers have them") {
  // Examples of the encoding guide: field 1 = 150 is 08 96 01; field 2 = "testing" is 12 07 and the text.
  CHECK(ProtoWriter().whole(1, 150).bytes() == "\x08\x96\x01");
  CHECK(ProtoWriter().text(2, "testing").bytes() == "\x12\x07testing");
  CHECK(ProtoWriter().real32(3, 1.0f).bytes() == std::string("\x1d\0\0\x80\x3f", 5));
  CHECK(ProtoWriter().real(1, 1.0).bytes() == std::string("\x09\0\0\0\0\0\0\xf0\x3f", 9));
}

TEST_CASE("an event file begins with its version, a record with its length") {
  const EventFile file(0.0);
  // wall_time 0.0 (9 bytes) and file_version (15): a record of 24.
  CHECK(file.bytes().substr(0, 8) == std::string("\x18\0\0\0\0\0\0\0", 8));
  CHECK(file.bytes().size() == 8 + 4 + 24 + 4);
  CHECK(file.bytes().find("brain.Event:2") != std::string::npos);
}

}  // namespace
