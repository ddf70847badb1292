#include "base/numbers_alike.hpp"

#include <charconv>
#include <string_view>

namespace ablate {
namespace {

struct NumberWithin {
  std::string_view before, after;
  double value = 0.0;
};

std::optional<NumberWithin> number_within(std::string_view text) {
  std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::nullopt;
  if (begin > 0 && text[begin - 1] == '.') --begin;
  if (begin == 1 && text[0] == '-') begin = 0;
  NumberWithin found;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + begin, end, found.value);
  if (error != std::errc()) return std::nullopt;
  found.before = text.substr(0, begin);
  found.after = {stop, static_cast<std::size_t>(end - stop)};
  return found;
}

}  // namespace

std::optional<std::vector<double>> numbers_alike(const std::vector<std::string>& texts) {
  std::vector<double> numbers;
  std::optional<NumberWithin> first;
  for (const std::string& text : texts) {
    const auto found = number_within(text);
    if (!found) return std::nullopt;
    if (!first) first = found;
    if (found->before != first->before || found->after != first->after) return std::nullopt;
    numbers.push_back(found->value);
  }
  return first ? std::optional(numbers) : std::nullopt;
}

}  // namespace ablate
