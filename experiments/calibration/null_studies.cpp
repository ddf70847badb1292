/// How often is something affirmed where there is nothing?

#include <algorithm>

#include <fmt/format.h>

#include "simulate.hpp"
#include "stats/conclusion.hpp"

namespace calibration {

namespace {

using namespace ablate;

constexpr std::size_t studies = 1'000;

struct Told {
  Share any, depends, pooled_refused;
};

Told tell(const StudyOfAChange& design) {
  const std::vector<std::size_t> by{0, 1};
  Stream stream(design.seeds, "calibration/null");
  Told told;
  for (std::size_t i = 0; i < studies; ++i) {
    const auto pairs = draw(design, stream);
    const Conclusion conclusion = conclude(contrast(pairs, by), {.ordered = {0}});
    const bool depends = std::any_of(conclusion.dependences.begin(), conclusion.dependences.end(),
                                     [](const Dependence& dependence) { return dependence.told; });
    const bool level =
        std::any_of(conclusion.levels.begin(), conclusion.levels.end(),
                    [](const Effect& effect) { return effect.is_told && is_settled(effect.word); });
    const bool pooled = conclusion.pooled.is_told && is_settled(conclusion.pooled.word);
    told.depends.add(depends);
    told.any.add(depends || level || pooled);
    // The pooled row alone, as a family of one: the t clustered by seed, or flips.
    const Contrast alone = contrast(pairs, {});
    const Conclusion one = conclude(alone, {});
    told.pooled_refused.add(is_settled(one.pooled.word));
  }
  return told;
}

}  // namespace

void print_null_studies() {
  fmt::print("## Nothing there: 2 x 3 x 3, {} studies a row\n\n", studies);
  fmt::print(
      "| seeds | share of a seed's own variance | missing pairs | any affirmative sentence | \"it depends\" | the "
      "pooled effect alone |\n|--:|--:|--:|--:|--:|--:|\n");
  for (const std::size_t seeds : {3, 6, 10}) {
    for (const double icc : {0.16, 0.49}) {
      for (const double missing : {0.0, 0.1}) {
        const Told told = tell({.seeds = seeds, .icc = icc, .missing = missing});
        fmt::print("| {} | {} | {}% | {} | {} | {} |\n", seeds, icc, 100 * missing, text(told.any),
                   text(told.depends), text(told.pooled_refused));
      }
    }
  }
  fmt::print("\n");
}

}  // namespace calibration
