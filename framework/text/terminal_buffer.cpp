#include "text/terminal_buffer.hpp"

#include <algorithm>

#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

bool is_plain(char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\t'; }

/// How many bytes a character has that begins with this one; 1 where none does.
std::size_t announced_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

/// Where a character begins at the end of `text` that may still become whole; its size where there is none.
std::size_t unfinished(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const char byte = text[text.size() - back];
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
    if (!continues) return announced_length(byte) > back ? text.size() - back : text.size();
  }
  return text.size();
}

}  // namespace

TerminalBuffer::~TerminalBuffer() {
  if (!begun_.empty()) sink_ << escape_terminal(begun_);
}

TerminalBuffer::int_type TerminalBuffer::overflow(int_type letter) {
  if (traits_type::eq_int_type(letter, traits_type::eof())) return traits_type::not_eof(letter);
  const char byte = traits_type::to_char_type(letter);
  return xsputn(&byte, 1) == 1 ? letter : traits_type::eof();
}

std::streamsize TerminalBuffer::xsputn(const char* bytes, std::streamsize size) {
  std::string_view text(bytes, static_cast<std::size_t>(size));
  std::string joined;
  if (!begun_.empty()) {
    joined = std::move(begun_) + std::string(text);
    text = joined;
  }
  begun_ = text.substr(unfinished(text));
  text.remove_suffix(begun_.size());
  while (!text.empty()) {
    const std::size_t plain =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
    sink_.write(text.data(), static_cast<std::streamsize>(plain));
    text.remove_prefix(plain);
    const std::size_t other =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_plain) - text.begin());
    sink_ << escape_terminal(text.substr(0, other));
    text.remove_prefix(other);
  }
  return sink_ ? size : 0;
}

int TerminalBuffer::sync() { return sink_.flush() ? 0 : -1; }

}  // namespace ablate
