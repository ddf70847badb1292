#include "base/suggest.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ablate {
namespace {

constexpr std::size_t listed_choices = 30;
constexpr std::size_t listed_beside_a_guess = 12;
constexpr std::size_t shortest_cut = 3;        // letters; fewer fit almost any name
constexpr std::size_t any_beginning = 100000;  // longer than every name: beginnings are better than gaps

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

namespace {

/// How well `name` reads as `choice` cut short, less is better; nothing where it does not. "test.acc" begins
/// "test.accuracy"; "test.loss" leaves letters of "test.log_loss" out.
std::optional<std::size_t> cut_short(std::string_view name, std::string_view choice) {
  if (name.size() < shortest_cut || name.size() >= choice.size() || name.front() != choice.front()) return {};
  if (choice.starts_with(name)) return choice.size();
  std::size_t found = 0;
  for (const char c : choice) found += found < name.size() && name[found] == c;
  if (found < name.size()) return {};
  return any_beginning + choice.size();
}

std::optional<std::string> completed(std::string_view name, std::span<const std::string> choices) {
  const std::string* best = nullptr;
  std::size_t least = 0;
  for (const std::string& choice : choices) {
    const auto rank = cut_short(name, choice);
    if (rank && (!best || *rank < least)) best = &choice, least = *rank;
  }
  return best ? std::optional(*best) : std::nullopt;
}

/// The one with the fewest edits, if they are few.
std::optional<std::string> misspelt(std::string_view name, std::span<const std::string> choices) {
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

/// The one whose letters differ in their case alone.
std::optional<std::string> in_other_case(std::string_view name, std::span<const std::string> choices) {
  const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
  const auto found = std::find_if(choices.begin(), choices.end(), [&](const std::string& choice) {
    return std::equal(name.begin(), name.end(), choice.begin(), choice.end(), same);
  });
  return found == choices.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> choices) {
  if (auto same = in_other_case(name, choices)) return same;
  constexpr std::size_t a_slip = 1;
  const auto whole = completed(name, choices), meant = misspelt(name, choices);
  const bool begins = whole && whole->starts_with(name);
  const bool slipped = meant && edit_distance(name, *meant) <= a_slip;
  return begins || (whole && !slipped) ? whole : meant;
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
