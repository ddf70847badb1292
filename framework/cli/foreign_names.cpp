#include "cli/foreign_names.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "config/variant_drafts.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_value = 100;

/// The first characters, on one line, and a digest of the whole.
std::string cut(const std::string& text, int characters) {
  std::string begin;
  std::string_view rest = text;
  for (int i = 0; i < characters && !rest.empty(); ++i) {
    const char32_t next = take_code_point(rest);
    append_utf8(begin, is_control(next) ? U' ' : next);
  }
  return fmt::format("{}~{}", begin, sha256_hex(text).substr(0, 8));
}

std::string value_text(const std::string& value) {
  if (value.empty()) return "none";
  return value.size() <= longest_value && is_name(value) ? value : cut(value, 40);
}

}  // namespace

std::string foreign_name(const std::vector<std::string>& factors, const std::vector<std::string>& values) {
  if (factors.empty()) return "default";
  std::string name;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    name += fmt::format("{}{}={}", i == 0 ? "" : ",", factors[i], value_text(values[i]));
  }
  return is_name(name) ? name : cut(name, 40);
}

}  // namespace ablate
