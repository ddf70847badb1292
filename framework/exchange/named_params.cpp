#include "exchange/named_params.hpp"

#include <algorithm>

namespace ablate {
namespace {

bool is_key_character(char c, bool first) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (!first && ((c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'));
}

/// Where "key=" begins in `text` at or behind `from`; its size where there is none.
std::size_t next_key(const std::string& text, std::size_t from) {
  for (std::size_t begin = from; begin < text.size(); ++begin) {
    const bool starts = is_key_character(text[begin], true) &&
                        (begin == 0 || !is_key_character(text[begin - 1], false) || text[begin - 1] == '_');
    if (!starts) continue;
    std::size_t end = begin;
    while (end < text.size() && is_key_character(text[end], end == begin)) ++end;
    if (end < text.size() && text[end] == '=') return begin;
  }
  return text.size();
}

}  // namespace

void add_named_params(const std::string& name, std::map<std::string, std::string>& params) {
  for (std::size_t at = next_key(name, 0); at < name.size();) {
    const std::size_t equals = name.find('=', at), next = next_key(name, equals + 1);
    std::string value = name.substr(equals + 1, next - equals - 1);
    value.erase(std::min(value.find_first_of(",;/ "), value.size()));
    if (next < name.size() && value.ends_with('_')) value.pop_back();
    params.try_emplace(name.substr(at, equals - at), value);
    at = next;
  }
}

}  // namespace ablate
