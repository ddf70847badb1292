#pragma once
/// What a text says, whatever the locale.

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace ablate {

/// The number that all of a text is, without blanks or a plus sign; nothing: it is none, or too large. Of a real number
/// "1e-3", "inf" and "nan" are some.
template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

/// A to Z as a to z; all else as it is.
inline std::string lower_case(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

}  // namespace ablate
