#include "ablate/base/suggest.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ablate {
namespace {

constexpr std::size_t listed_choices = 30;
constexpr std::size_t listed_beside_a_guess = 12;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> choices) {
  const std::size_t limit = std::min<std::size_t>(3, std::max<std::size_t>(1, name.size() / 3));
  const std::string* best = nullptr;
  std::size_t best_distance = limit + 1;
  for (const std::string& choice : choices) {
    const std::size_t distance = edit_distance(name, choice);
    if (distance < best_distance) {
      best = &choice;
      best_distance = distance;
    }
  }
  return best ? std::optional(*best) : std::nullopt;
}

std::string suggestion(std::string_view name, std::span<const std::string> choices) {
  std::string text;
  if (const auto near = nearest(name, choices)) {
    text = fmt::format("did you mean '{}'?", *near);
    if (choices.size() > listed_beside_a_guess) return text;
    text += ' ';
  }
  if (choices.size() <= listed_choices) return text + fmt::format("choices: {}", fmt::join(choices, ", "));
  return text + fmt::format("choices: {} and {} more", fmt::join(choices.first(listed_choices), ", "),
                            choices.size() - listed_choices);
}

}  // namespace ablate
