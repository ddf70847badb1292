/// Are the words true as often as the intervals that they follow hold the truth?

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "simulate.hpp"
#include "stats/conclusion.hpp"

namespace calibration {

namespace {

using namespace ablate;

constexpr std::size_t studies = 1'000;
constexpr double margin = 0.5;

/// What the effect truly allows to say.
bool is_true(Word word, double effect) {
  switch (word) {
    case Word::better:
      return effect > 0.0;
    case Word::worse:
      return effect < 0.0;
    case Word::same:
      return std::abs(effect) <= margin;
    case Word::better_within:
      return effect > 0.0 && effect <= margin;
    case Word::worse_within:
      return effect < 0.0 && effect >= -margin;
    case Word::cannot_say:
      break;
  }
  return true;
}

struct Told {
  Share missed, false_word, said;
};

/// Rows by the width of a study in which the effect is `effect` at the outer widths and `middle` more between.
Told tell(const StudyOfAChange& study) {
  const std::vector<std::size_t> by{0}, tested{1};
  Stream stream(study.seeds, "calibration/words");
  Told told;
  for (std::size_t i = 0; i < studies; ++i) {
    const Conclusion conclusion = conclude(contrast(draw(study, stream), by, tested), {.margin = margin});
    bool missed = false, false_word = false, said = false;
    const auto look = [&](const Effect& effect, double truth) {
      const Interval& interval = effect.member.interval;
      missed |= truth < interval.low || truth > interval.high;
      false_word |= effect.is_told && !is_true(effect.word, truth);
      said |= effect.is_told && is_settled(effect.word);
    };
    look(conclusion.pooled, study.effect + study.middle / 3.0);
    for (std::size_t width = 0; width < conclusion.levels.size(); ++width)
      look(conclusion.levels[width], study.effect + (width == 1 ? study.middle : 0.0));
    told.missed.add(missed);
    told.false_word.add(false_word);
    told.said.add(said);
  }
  return told;
}

}  // namespace

void print_words() {
  fmt::print(
      "## Words against intervals: 2 x 3 x 3 by the width, margin {} sd of a pair, {} studies a row\n\n",
      margin, studies);
  fmt::print(
      "| effect at the outer widths | at the middle one | seeds | some interval misses the truth | some word is "
      "false | some word is said |\n|--:|--:|--:|--:|--:|--:|\n");
  const std::pair<double, double> truths[] = {{0.0, 0.0},  {0.5, 0.0},  {0.25, 0.0}, {1.0, 0.0},
                                              {0.5, -0.5}, {-0.5, 1.0}, {0.5, -1.5}};
  for (const auto& [effect, middle] : truths) {
    for (const std::size_t seeds : {6, 10}) {
      const Told told = tell({.seeds = seeds, .effect = effect, .middle = middle});
      fmt::print("| {} | {} | {} | {} | {} | {} |\n", effect, effect + middle, seeds, text(told.missed),
                 text(told.false_word), text(told.said));
    }
  }
  fmt::print("\n");
}

}  // namespace calibration
