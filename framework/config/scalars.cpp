#include "config/scalars.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/text_value.hpp"

namespace ablate {
namespace {

/// All of a plain scalar as a T; its sign may be "+".
template <class T>
std::optional<T> parse(const Node& node) {
  if (!node.is(Node::Kind::scalar) || node.quoted) return std::nullopt;
  std::string_view text = node.text;
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  return number_of<T>(text);
}

constexpr double longest_duration = 366 * 86'400.0;
constexpr std::array<std::pair<std::string_view, double>, 4> units = {
    {{"d", 86'400.0}, {"h", 3'600.0}, {"min", 60.0}, {"s", 1.0}}};

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

std::optional<Duration> duration(const std::string& text) {
  if (text == "none") return Duration{};
  const std::size_t end = text.find_first_not_of("0123456789.");
  if (end == 0 || end == std::string::npos) return std::nullopt;
  const auto count = parse<double>(Node::scalar(text.substr(0, end)));
  for (const auto& [unit, seconds] : units) {
    if (count && text.substr(end) == unit && *count * seconds <= longest_duration)
      return Duration{*count * seconds};
  }
  return std::nullopt;
}

std::string to_string(const Duration& duration) {
  if (duration.seconds == 0.0) return "none";
  for (const auto& [unit, seconds] : units) {
    const double count = duration.seconds / seconds;
    if (count == std::floor(count)) return fmt::format("{}{}", count, unit);
  }
  return fmt::format("{}s", duration.seconds);
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
