#include "serve/http.hpp"

#include <string_view>

namespace ablate {

std::string WebRequest::header(const std::string& name) const {
  return headers.count(name) == 1 ? headers.find(name)->second : std::string();
}

std::string WebRequest::cookie(const std::string& name) const {
  const auto [first, last] = headers.equal_range("cookie");
  for (auto sent = first; sent != last; ++sent) {
    std::string_view rest = sent->second;
    while (!rest.empty()) {
      std::string_view one = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), one.size() + 1));
      one.remove_prefix(std::min(one.size(), one.find_first_not_of(' ')));
      if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
        return std::string(one.substr(name.size() + 1));
    }
  }
  return {};
}

std::string WebRequest::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

WebAnswer plain_answer(int status, const std::string& text) {
  return {status, "text/plain; charset=utf-8", text + "\n", {}};
}

}  // namespace ablate
