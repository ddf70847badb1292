#include "text/unicode.hpp"

#include <algorithm>
#include <iterator>

namespace ablate {
namespace {

struct Range {
  char32_t first, last;
};

// Main blocks of the Unicode property files (EastAsianWidth W and F; general categories Mn, Me and Cf),
// version 15.
constexpr Range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},  {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},
                          {0xA960, 0xA97C},   {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                          {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
                          {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
constexpr Range zero_width[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},  {0x0610, 0x061A},
                                {0x064B, 0x065F}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},  {0x1AB0, 0x1AFF},
                                {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},  {0xFE00, 0xFE0F},
                                {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};
constexpr Range controls[] = {
    {0x00, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0x200E, 0x200F}};

template <std::size_t Size>
bool within(const Range (&ranges)[Size], char32_t code_point) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [=](Range range) { return range.first <= code_point && code_point <= range.last; });
}

std::size_t columns(char32_t code_point) {
  if (within(zero_width, code_point)) return 0;
  return within(wide, code_point) ? 2 : 1;
}

/// Length that a first byte announces, and the bits that it gives; 0 where it begins nothing.
std::size_t announced(unsigned char byte, char32_t& bits) {
  if (byte < 0x80) return bits = byte, 1;
  if (byte >= 0xC2 && byte <= 0xDF) return bits = byte & 0x1Fu, 2;
  if (byte >= 0xE0 && byte <= 0xEF) return bits = byte & 0x0Fu, 3;
  if (byte >= 0xF0 && byte <= 0xF4) return bits = byte & 0x07u, 4;
  return 0;
}

bool well_formed(char32_t code_point, std::size_t length) {
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  return code_point >= least[length] && code_point <= 0x10FFFF && !surrogate;
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
  char32_t code_point = 0;
  const std::size_t length = announced(static_cast<unsigned char>(text.front()), code_point);
  bool good = length > 0 && length <= text.size();
  for (std::size_t i = 1; good && i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    good = (byte & 0xC0u) == 0x80;
    code_point = (code_point << 6) | (byte & 0x3Fu);
  }
  good = good && well_formed(code_point, length);
  text.remove_prefix(good ? length : 1);
  return good ? code_point : replacement_character;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto add = [&](char32_t byte) {
    text.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0 | (code_point >> 6)), add(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    add(0xE0 | (code_point >> 12)), add(0x80 | ((code_point >> 6) & 0x3F)), add(0x80 | (code_point & 0x3F));
  } else {
    add(0xF0 | (code_point >> 18)), add(0x80 | ((code_point >> 12) & 0x3F));
    add(0x80 | ((code_point >> 6) & 0x3F)), add(0x80 | (code_point & 0x3F));
  }
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) append_utf8(valid, take_code_point(text));
  return valid;
}

bool is_control(char32_t code_point) { return within(controls, code_point); }

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += columns(take_code_point(text));
  return width;
}

std::string shorten(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string cut;
  std::size_t used = 1;  // the ellipsis
  while (!text.empty()) {
    const char32_t next = take_code_point(text);
    used += columns(next);
    if (used > width) break;
    append_utf8(cut, next);
  }
  return cut + "…";
}

}  // namespace ablate
