#include "report/headline_parts.hpp"

#include <algorithm>
#include <sstream>

#include "report/answer_words.hpp"

namespace ablate {
namespace {

bool fits(const std::string& text) {
  std::istringstream words(text);
  std::size_t count = 0;
  for (std::string word; words >> word;) ++count;
  return count <= most_headline_words;
}

}  // namespace

std::string first_that_fits(const std::vector<std::string>& texts) {
  const auto found = std::find_if(texts.begin(), texts.end(), fits);
  return found == texts.end() ? texts.back() : *found;
}

std::string marked_to(const Comparison& comparison, const AnsweredContrast& of) {
  return std::string(of.to).append(mark(comparison, of.to_variants));
}

std::string marked_from(const Comparison& comparison, const AnsweredContrast& of) {
  return std::string(of.from).append(mark(comparison, of.from_variants));
}

}  // namespace ablate
