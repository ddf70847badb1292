#include "base/place.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ablate {
namespace {

constexpr std::size_t shown_bytes = 100;

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

}  // namespace

std::string place_in(const std::string& text, std::ptrdiff_t offset) {
  const std::size_t at = std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), text.size());
  std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  std::size_t end = std::min(text.find('\n', at), text.size());
  if (at - begin > shown_bytes / 2) begin = at - shown_bytes / 2;
  end = std::min(end, begin + shown_bytes);
  while (begin < at && continues_character(text[begin])) ++begin;
  while (end > at && end < text.size() && continues_character(text[end])) --end;
  std::string padding;
  for (std::size_t i = begin; i < at; ++i) {
    if (!continues_character(text[i])) padding += text[i] == '\t' ? '\t' : ' ';
  }
  return fmt::format("\n  {}\n  {}^", text.substr(begin, end - begin), padding);
}

}  // namespace ablate
