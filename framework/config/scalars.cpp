#include "config/scalars.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace ablate {
namespace {

/// All of a plain scalar as a T; its sign may be "+".
template <class T>
std::optional<T> parse(const Node& node) {
  if (!node.is(Node::Kind::scalar) || node.quoted) return std::nullopt;
  std::string_view text = node.text;
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::int64_t> whole_number(const Node& node) { return parse<std::int64_t>(node); }

std::optional<double> number(const Node& node) {
  const std::optional<double> value = parse<double>(node);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<bool> truth(const Node& node) {
  for (const char* word : {"true", "True", "TRUE"}) {
    if (node.is_word(word)) return true;
  }
  for (const char* word : {"false", "False", "FALSE"}) {
    if (node.is_word(word)) return false;
  }
  return std::nullopt;
}

std::string word_of(const Node& node) {
  const std::optional<bool> value = truth(node);
  return value ? *value ? "true" : "false" : node.text;
}

std::string number_text(double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

std::string range_text(const Range& range) {
  const bool low = std::isfinite(range.low);
  const bool high = std::isfinite(range.high);
  if (low && high && !range.open_low && !range.open_high) {
    return fmt::format("from {} to {}", range.low, range.high);
  }
  if (low && !range.open_low && range.open_high)
    return fmt::format("from {} to below {}", range.low, range.high);
  std::string text;
  if (low) text = fmt::format("{} {}", range.open_low ? "above" : "at least", range.low);
  if (high)
    text += fmt::format("{}{} {}", low ? ", " : "", range.open_high ? "below" : "at most", range.high);
  return text;
}

}  // namespace ablate
