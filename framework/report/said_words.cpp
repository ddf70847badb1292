#include "report/said_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/lost_runs.hpp"
#include "text/numbers.hpp"

namespace ablate {

std::string word_text(Word word) {
  switch (word) {
    case Word::better:
      return "better";
    case Word::worse:
      return "worse";
    case Word::same:
      return "the same within the margin";
    case Word::better_within:
      return "better, but by less than the margin";
    case Word::worse_within:
      return "worse, but by less than the margin";
    case Word::cannot_say:
      break;
  }
  return "cannot say";
}

std::string than_text(Word word, const std::string& other) {
  switch (word) {
    case Word::better:
    case Word::worse:
      return fmt::format("{} than {}", word_text(word), other);
    case Word::same:
      return "the same as " + other + " within the margin";
    case Word::better_within:
      return "better than " + other + ", but by less than the margin";
    case Word::worse_within:
      return "worse than " + other + ", but by less than the margin";
    case Word::cannot_say:
      break;
  }
  return "not distinguished from " + other;
}

std::string factors_text(const Comparison& comparison, const AnsweredContrast& of,
                         const std::vector<std::size_t>& places) {
  std::vector<std::string> names;
  for (const std::size_t place : places)
    names.push_back(joint_name(comparison, comparison.answer->factors[of.others[place]]));
  return list_text(names);
}

namespace {

/// "depends on hidden", or "may depend on hidden" where that is not told of each.
std::string depends_text(const Comparison& comparison, const AnsweredContrast& of,
                         const std::vector<std::size_t>& places) {
  const auto& all = of.conclusion.dependences;
  const bool told = std::all_of(all.begin(), all.end(), [&](const Dependence& one) {
    return one.told || std::find(places.begin(), places.end(), one.factor) == places.end();
  });
  return (told ? "depends on " : "may depend on ") + factors_text(comparison, of, places);
}

}  // namespace

std::string brief_text(const Comparison& comparison, const AnsweredContrast& of, const Said& said) {
  if (said.is_told) return word_text(said.word);
  return depends_text(comparison, of, said.depends_on);
}

std::string said_text(const Comparison& comparison, const AnsweredContrast& of, const Said& said) {
  if (!said.is_told) return "not stated: " + brief_text(comparison, of, said);
  if (said.withheld && said.word == Word::cannot_say)
    return fmt::format("cannot say: runs {}", how_lost(comparison, of));
  if (said.depends_on.empty()) return word_text(said.word);
  return fmt::format("{} (how much {})", word_text(said.word), depends_text(comparison, of, said.depends_on));
}

}  // namespace ablate
