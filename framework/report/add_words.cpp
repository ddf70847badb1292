#include "report/add_words.hpp"

#include <cmath>
#include <map>
#include <vector>

#include "report/judge.hpp"
#include "report/lost_runs.hpp"

namespace ablate {
namespace {

/// What became of each seed over the strata that `counts` takes: the row's value against 0, unless a side
/// was lost in one of them.
template <class Counts>
std::vector<SeedOutcome> outcomes_of(const Comparison& comparison, const AnsweredContrast& of,
                                     const ContrastRow& row, std::int64_t last_seed, const Counts& counts) {
  std::map<std::int64_t, SeedOutcome> seeds;
  for (std::size_t i = 0; i < row.row.seeds.size(); ++i)
    seeds[row.row.seeds[i]] = {0.0, row.row.values[i], false, false};
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    if (!counts(s)) continue;
    const VariantSummary &from = comparison.variants[of.from_variants[s]],
                         &to = comparison.variants[of.to_variants[s]];
    for (const VariantSummary* side : {&from, &to}) {
      for (const RunSummary& run : side->runs) {
        if (run.seed > last_seed) continue;
        SeedOutcome& seed = seeds[run.seed];
        if (is_loss(comparison, run)) (side == &from ? seed.from_diverged : seed.to_diverged) = true;
      }
    }
  }
  std::vector<SeedOutcome> outcomes;
  for (auto& [seed, outcome] : seeds) {
    if (outcome.to_diverged) outcome.to = undefined;
    if (outcome.from_diverged) outcome.from = undefined;
    if (outcome.to_diverged && !outcome.from_diverged) outcome.from = 0.0;
    if (outcome.from_diverged && !outcome.to_diverged) outcome.to = 0.0;
    outcomes.push_back(outcome);
  }
  return outcomes;
}

Said said_of(const Effect& effect, const std::vector<SeedOutcome>& outcomes, Best best) {
  Said said;
  said.outcomes = sign_test_with_divergence(outcomes, best);
  said.word = word_with_divergence(effect.word, said.outcomes);
  const SignTest& seeds = said.outcomes;
  const bool lost = effect.member.summary.n == 0 && seeds.only_from_diverged + seeds.only_to_diverged > 0;
  said.withheld = said.word != effect.word || lost;
  said.depends_on = effect.depends_on;
  said.is_told = effect.is_told;
  if (!said.is_told) said.word = Word::cannot_say;
  return said;
}

}  // namespace

void add_words(AnsweredContrast& of, const Comparison& comparison, std::int64_t last_seed) {
  const Best best = best_of(comparison);
  const auto everywhere = [](std::size_t) { return true; };
  of.pooled = said_of(of.conclusion.pooled,
                      outcomes_of(comparison, of, of.contrast.pooled, last_seed, everywhere), best);
  of.levels.clear();
  for (std::size_t i = 0; i < of.contrast.levels.size(); ++i) {
    const LevelRow& row = of.contrast.levels[i];
    const auto here = [&](std::size_t s) { return of.settings.at(s).at(row.factor) == row.level; };
    of.levels.push_back(
        said_of(of.conclusion.levels[i], outcomes_of(comparison, of, row.effect, last_seed, here), best));
  }
}

}  // namespace ablate
