#include "base/error.hpp"

#include <fmt/format.h>

namespace ablate {
namespace {

std::string with_hint(const std::string& what, const std::string& hint) {
  return hint.empty() ? what : fmt::format("{}\n  try: {}", what, hint);
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

}  // namespace ablate
