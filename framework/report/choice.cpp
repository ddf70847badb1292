#include "report/choice.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/suggest.hpp"

namespace ablate {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

class Choice {
 public:
  explicit Choice(const std::vector<std::string>& names) : names_(names) {}

  /// The whole text, else its longest beginning that fits, then the rest.
  void add(const std::string& text) {
    const auto parts = split(text);
    for (std::size_t first = 0; first < parts.size();) {
      std::size_t count = parts.size() - first;
      const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(first);
      while (count > 0 && !take(trimmed(fmt::format(
                              "{}", fmt::join(begin, begin + static_cast<std::ptrdiff_t>(count), ",")))))
        --count;
      if (count == 0) refuse(trimmed(parts[first]));
      first += count;
    }
  }

  std::vector<std::string> in_order() const {
    std::vector<std::string> all;
    std::copy_if(names_.begin(), names_.end(), std::back_inserter(all),
                 [&](const std::string& name) { return taken_.contains(name); });
    return all;
  }

 private:
  bool take(const std::string& pattern) {
    if (std::find(names_.begin(), names_.end(), pattern) != names_.end()) {
      taken_.insert(pattern);
      return true;
    }
    bool any = false;
    for (const std::string& name : names_) {
      if (!matches_glob(name, pattern)) continue;
      taken_.insert(name);
      any = true;
    }
    return any;
  }

  [[noreturn]] void refuse(const std::string& pattern) const {
    throw RequestError(fmt::format("no variant is called '{}'", pattern),
                       suggestion(pattern, names_) + "; '*' stands for any text");
  }

  const std::vector<std::string>& names_;
  std::set<std::string> taken_;
};

}  // namespace

bool matches_glob(std::string_view text, std::string_view pattern) {
  std::size_t at = 0, place = 0, star = std::string_view::npos, resume = 0;
  while (at < text.size()) {
    if (place < pattern.size() && pattern[place] == '*') {
      star = place++;
      resume = at;
    } else if (place < pattern.size() && (pattern[place] == '?' || pattern[place] == text[at])) {
      ++place;
      ++at;
    } else if (star != std::string_view::npos) {
      place = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', place) == std::string_view::npos;
}

std::vector<std::string> chosen_names(const std::vector<std::string>& names,
                                      const std::vector<std::string>& patterns) {
  Choice choice(names);
  for (const std::string& pattern : patterns) choice.add(pattern);
  return choice.in_order();
}

}  // namespace ablate
