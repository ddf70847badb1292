#include "base/error.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/error_line.hpp"

namespace ablate {
namespace {

constexpr std::string_view before_hint = "\n  try: ";

std::string with_hint(const std::string& what, const std::string& hint) {
  return hint.empty() ? what : fmt::format("{}{}{}", what, before_hint, hint);
}

}  // namespace

std::string to_string(const Location& where) {
  std::string text = where.file;
  if (where.line > 0) text += fmt::format("{}{}", text.empty() ? "line " : ":", where.line);
  if (where.line > 0 && where.column > 0) text += fmt::format(":{}", where.column);
  return text;
}

RequestError::RequestError(const std::string& what, const std::string& hint)
    : std::runtime_error(with_hint(what, hint)) {}

RequestError::RequestError(const Location& where, const std::string& what, const std::string& hint)
    : std::runtime_error(with_hint(fmt::format("{}: {}", to_string(where), what), hint)) {}

std::string in_a_line(const RequestError& error) {
  std::string text = error.what();
  text.resize(std::min(text.size(), text.rfind(before_hint)));
  for (std::size_t at; (at = text.find('\n')) != std::string::npos;)
    text.replace(at, std::min(text.find_first_not_of("\n ", at), text.size()) - at, " ");
  return text;
}

}  // namespace ablate
