#include "text/numbers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ablate {

std::string counted(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

namespace {

/// Of the first digit: 80 of 1e80.
int exponent_of(double number) {
  const std::string text = fmt::format("{:.0e}", number);
  return std::stoi(text.substr(text.find('e') + 1));
}

}  // namespace

std::string digits_text(double number, int decimals) {
  constexpr double largest = 1e9, smallest = 1e-4;
  constexpr int most_decimals = 9, most_digits = 16;
  const double size = std::abs(number);
  const bool fits = size < largest && (size >= smallest || size == 0.0 || decimals <= most_decimals);
  if (fits || !std::isfinite(number))
    return fmt::format("{:.{}f}", number, std::clamp(decimals, 0, most_digits));
  const int digits = exponent_of(size) + decimals;
  return digits < 0 ? "0" : fmt::format("{:.{}e}", number, std::min(digits, most_digits));
}

std::string signed_text(double number, int decimals) {
  const std::string size = digits_text(std::abs(number), decimals);
  const bool zero = size.find_first_not_of("0.") == std::string::npos;
  return (zero ? "" : number < 0 ? "−" : "+") + size;
}

std::string p_text(double p) { return std::isfinite(p) ? fmt::format("{:.3g}", p) : "–"; }

std::string list_text(const std::vector<std::string>& names) {
  if (names.size() < 2) return names.empty() ? "" : names.front();
  const std::vector<std::string> all_but_last(names.begin(), names.end() - 1);
  return fmt::format("{} and {}", fmt::join(all_but_last, ", "), names.back());
}

std::string names_text(const std::vector<std::string>& names, std::size_t most) {
  const std::size_t shown = std::min(most, names.size());
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += (i ? ", " : "") + names[i];
  return shown < names.size() ? fmt::format("{} and {} more", text, names.size() - shown) : text;
}

std::string confidence_text(double confidence) {
  const std::string brief = fmt::format("{:.4g}%", 100.0 * confidence);
  return brief == "100%" ? fmt::format("{:.10g}%", 100.0 * confidence) : brief;
}

Value number_or_null(double number) { return std::isfinite(number) ? Value(number) : Value(); }

Value whole(std::size_t number) { return static_cast<std::int64_t>(number); }

Value text_or_null(std::string_view text) {
  if (text.empty()) return {};
  return std::string(text);
}

}  // namespace ablate
