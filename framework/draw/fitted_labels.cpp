#include "draw/fitted_labels.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "text/unicode.hpp"

namespace ablate {
namespace {

/// The end of a text, so many columns at most.
std::string end_of(std::string_view text, std::size_t width) {
  while (display_width(text) > width) take_code_point(text);
  return std::string(text);
}

/// The last column of `shorten` is the ellipsis.
std::string cut_in_the_middle(const std::string& label, std::size_t width) {
  if (display_width(label) <= width) return label;
  const std::size_t end = width / 2;
  return shorten(label, width - end) + end_of(label, end);
}

/// Its beginning, and from `place` on what fits.
std::string cut_before(const std::string& label, std::size_t place, std::size_t width) {
  constexpr std::size_t beginning = 10;
  return shorten(label, beginning) + shorten(std::string_view(label).substr(place), width - beginning);
}

/// Where the first code point stands that not all of them have.
std::size_t first_difference(const std::set<std::string>& labels) {
  const std::string &first = *labels.begin(), &last = *labels.rbegin();
  auto place = static_cast<std::size_t>(
      std::mismatch(first.begin(), first.end(), last.begin(), last.end()).first - first.begin());
  while (place > 0 && (static_cast<unsigned char>(last[place]) & 0xC0U) == 0x80U) --place;
  return place;
}

/// The labels that a text stands for.
using Meanings = std::map<std::string, std::set<std::string>>;

Meanings meanings_of(const std::vector<std::string>& labels, const std::vector<std::string>& texts) {
  Meanings meanings;
  for (std::size_t i = 0; i < labels.size(); ++i) meanings[texts[i]].insert(labels[i]);
  return meanings;
}

}  // namespace

std::vector<std::string> fitted_labels(const std::vector<std::string>& labels, std::size_t width) {
  std::vector<std::string> texts;
  for (const std::string& label : labels) texts.push_back(cut_in_the_middle(label, width));
  const Meanings in_the_middle = meanings_of(labels, texts);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto& alike = in_the_middle.at(texts[i]);
    if (alike.size() > 1) texts[i] = cut_before(labels[i], first_difference(alike), width);
  }
  const Meanings before = meanings_of(labels, texts);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto& alike = before.at(texts[i]);
    if (alike.size() < 2) continue;
    const std::string number = fmt::format(" {}", 1 + std::distance(alike.begin(), alike.find(labels[i])));
    texts[i] = shorten(labels[i], width - number.size()) + number;
  }
  return texts;
}

}  // namespace ablate
