#include "report/several_headline.hpp"

#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/answer_words.hpp"
#include "report/dependence_words.hpp"
#include "report/headline_parts.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"
#include "report/said_words.hpp"

namespace ablate {
namespace {

using Texts = std::vector<std::string>;

/// " (worse at b; cannot say at a)": what is said at each level of the factor on which the effect depends.
std::string words_by_level(const Comparison& comparison, const AnsweredContrast& of) {
  const Dependence* told = told_dependence(of);
  std::map<Word, Texts> levels;
  for (std::size_t i = 0; told && i < of.levels.size(); ++i) {
    const LevelRow& level = of.contrast.levels[i];
    if (level.factor != told->factor || !of.levels[i].is_told) continue;
    levels[of.levels[i].word].push_back(
        joint_label(comparison, comparison.answer->factors[of.others[level.factor]], level.level));
  }
  if (levels.empty()) return {};
  if (levels.size() == 1) {
    const Word word = levels.begin()->first;
    return fmt::format(" ({} at {})", word_text(word),
                       word == Word::cannot_say ? "any level" : "every level");
  }
  Texts texts;
  for (const auto& [word, at] : levels)
    texts.push_back(fmt::format("{} at {}", word_text(word), list_text(at)));
  return fmt::format(" ({})", fmt::join(texts, "; "));
}

/// What is said of several contrasts, those of the same word together; last those that are reported by level alone.
struct Groups {
  std::map<Word, Texts> by_word;
  std::map<std::string, Texts> by_level;  ///< by "depends on hidden", or "may depend on hidden"
  std::map<std::string, std::set<std::string>> by_which;  ///< of those, what is said at which levels
  Texts lost;                                             ///< what survived is not told
  std::string how;                                        ///< those runs were lost
  Texts named, numbered;

  explicit Groups(const Comparison& comparison, const StudyAnswer& answer) {
    for (const AnsweredContrast& of : answer.contrasts) {
      const bool withheld = of.pooled.withheld && of.pooled.word == Word::cannot_say;
      if (withheld && how.empty()) how = how_lost(comparison, of);
      Texts& alike = !of.pooled.is_told ? by_level[brief_text(comparison, of, of.pooled)]
                     : withheld         ? lost
                                        : by_word[of.pooled.word];
      if (!of.pooled.is_told)
        by_which[brief_text(comparison, of, of.pooled)].insert(words_by_level(comparison, of));
      const std::string to = std::string(of.to).append(mark(comparison, of));
      alike.push_back(answer.of_changes && !of.subject.empty() ? fmt::format("{} {}", of.subject, to) : to);
    }
    for (const auto& [word, names] : by_word) {
      named.push_back(word == Word::cannot_say && by_word.size() > 1
                          ? fmt::format("{} of {}", word_text(word), counted(names.size(), "other"))
                          : fmt::format("{}: {}", word_text(word), list_text(names)));
      numbered.push_back(fmt::format("{} {}", names.size(), word_text(word)));
    }
    for (const auto& [text, names] : by_level) add_depending(text, names);
    if (!lost.empty()) add("cannot say, as runs " + how, lost);
  }

  std::size_t count(Word word) const {
    const auto found = by_word.find(word);
    return found == by_word.end() ? 0 : found->second.size();
  }

 private:
  /// "the effects of 2 and 3 depend on f (cannot say at a; worse at b)": the words where all have the same.
  void add_depending(const std::string& text, const Texts& names) {
    const bool one = names.size() == 1;
    const std::string verb = !one && text.starts_with("depends ") ? "depend" + text.substr(7) : text;
    const std::set<std::string>& words = by_which.at(text);
    named.push_back(fmt::format("the effect{} of {} {}{}", one ? "" : "s", list_text(names), verb,
                                words.size() == 1 ? *words.begin() : std::string()));
    numbered.push_back(fmt::format("{} for {}", text, names.size()));
  }

  void add(const std::string& text, const Texts& names) {
    named.push_back(fmt::format("{}: {}", text, list_text(names)));
    numbered.push_back(fmt::format("{} for {}", text, names.size()));
  }
};

}  // namespace

std::string several_headline(const Comparison& comparison, const StudyAnswer& answer) {
  const Groups groups(comparison, answer);
  const AnsweredContrast& first = answer.contrasts.front();
  const std::string against =
      answer.of_changes ? std::string("the baseline") : marked_from(comparison, first);
  const std::string start =
      fmt::format("{} {}, in {}: ", answer.of_changes ? "Against" : first.subject + " against", against,
                  comparison.primary.name);
  const std::string counted_start =
      answer.of_changes
          ? fmt::format("{} against {}, in {}: ", counted(answer.contrasts.size(), "change"), against,
                        comparison.primary.name)
          : fmt::format("{}, {} against {}, in {}: ", first.subject,
                        counted(answer.contrasts.size(), "level"), against, comparison.primary.name);
  return first_that_fits(
      {start + fmt::format("{}.", fmt::join(groups.named, "; ")),
       counted_start + fmt::format("{}.", fmt::join(groups.numbered, ", ")),
       fmt::format("{}.", fmt::join(groups.numbered, ", ")),
       fmt::format("Of {} contrasts {} are better and {} worse; the others are below.",
                   answer.contrasts.size(), groups.count(Word::better), groups.count(Word::worse))});
}

}  // namespace ablate
