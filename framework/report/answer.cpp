#include "report/answer.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "report/asked_changes.hpp"
#include "report/comparison.hpp"
#include "report/judge.hpp"
#include "report/judged_images.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

using Runs = std::vector<FactorialRun>;

/// What became of each seed over the strata that `counts` takes: the row's value against 0, unless a side
/// was lost in one of them.
template <class Counts>
std::vector<SeedOutcome> outcomes_of(const Comparison& comparison, const AnsweredContrast& of,
                                     const ContrastRow& row, const Counts& counts) {
  std::map<std::int64_t, SeedOutcome> seeds;
  for (std::size_t i = 0; i < row.row.seeds.size(); ++i)
    seeds[row.row.seeds[i]] = {0.0, row.row.values[i], false, false};
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    if (!counts(s)) continue;
    const VariantSummary &from = comparison.variants[of.from_variants[s]],
                         &to = comparison.variants[of.to_variants[s]];
    for (const VariantSummary* side : {&from, &to}) {
      for (const RunSummary& run : side->runs) {
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

AnsweredContrast contrast_of(const Comparison& comparison, const AskedChanges& asked, const Runs& runs,
                             const AskedChange& change) {
  const std::vector<JointFactor>& factors = asked.factors;
  AnsweredContrast of;
  std::vector<std::size_t> by;
  of.subject = joint_name(comparison, factors[change.factor]);
  of.from = joint_label(comparison, factors[change.factor], change.from);
  of.to = joint_label(comparison, factors[change.factor], change.to);
  of.name = fmt::format("{}: {} → {}", of.subject, of.from, of.to);
  for (const std::size_t key : factors[change.factor].keys)
    of.asked_keys.push_back(comparison.factor_keys[key]);
  of.others = other_factors(asked, change);
  if (!asked.of_changes) by = by_places(comparison, factors, of.others);
  for (const AskedSetting& both : asked_settings(comparison, asked, change)) {
    of.settings.push_back(both.setting);
    of.from_variants.push_back(both.from);
    of.to_variants.push_back(both.to);
  }
  of.pairs = contrast_pairs(runs, change.factor, change.from, change.to);
  // Settings that one side alone was planned in are no settings of the contrast.
  std::erase_if(of.pairs, [&](const ContrastPair& pair) {
    return std::find(of.settings.begin(), of.settings.end(), pair.setting) == of.settings.end();
  });
  of.by = std::move(by);
  of.contrast = contrast_over(of.pairs, of);
  return of;
}

/// A whole variant against the baseline.
AnsweredContrast contrast_of(const Comparison& comparison, std::size_t base, std::size_t variant) {
  AnsweredContrast of;
  const VariantSummary &from = comparison.variants[base], &to = comparison.variants[variant];
  of.from = from.name, of.to = to.name;
  of.name = fmt::format("{} → {}", of.from, of.to);
  of.from_variants = {base}, of.to_variants = {variant};
  std::map<std::int64_t, ContrastPair> pairs;
  for (const SeedValue& value : from.values) pairs[value.seed].from = value.value;
  for (const SeedValue& value : to.values) pairs[value.seed].to = value.value;
  for (auto& [seed, pair] : pairs) {
    pair.seed = seed;
    of.pairs.push_back(pair);
  }
  of.contrast = contrast(of.pairs, {});
  return of;
}

void add_words(AnsweredContrast& of, const Comparison& comparison) {
  const Best best = best_of(comparison);
  const auto everywhere = [](std::size_t) { return true; };
  of.pooled =
      said_of(of.conclusion.pooled, outcomes_of(comparison, of, of.contrast.pooled, everywhere), best);
  for (std::size_t i = 0; i < of.contrast.levels.size(); ++i) {
    const LevelRow& row = of.contrast.levels[i];
    const auto here = [&](std::size_t s) { return of.settings.at(s).at(row.factor) == row.level; };
    of.levels.push_back(
        said_of(of.conclusion.levels[i], outcomes_of(comparison, of, row.effect, here), best));
  }
}

bool has_pairs(const AnsweredContrast& of) { return of.contrast.pooled.pairs > 0; }

/// No run of one side has a number, because they were lost, where the other's have: an outcome, and no missing value.
bool is_lost(const Comparison& comparison, const AnsweredContrast& of) {
  const auto lost = [&](std::size_t place) {
    const VariantSummary& variant = comparison.variants[place];
    return variant.values.empty() && !is_stopped(variant) && losses(comparison, variant) > 0;
  };
  const auto finished = [&](std::size_t place) { return !comparison.variants[place].values.empty(); };
  const auto &from = of.from_variants, &to = of.to_variants;
  if (has_pairs(of) || from.empty()) return false;
  return (std::all_of(to.begin(), to.end(), lost) && std::any_of(from.begin(), from.end(), finished)) ||
         (std::all_of(from.begin(), from.end(), lost) && std::any_of(to.begin(), to.end(), finished));
}

void add_whole_variants(StudyAnswer& answer, const Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  if (!base) return;
  answer.of_changes = true;
  const auto place = static_cast<std::size_t>(base - comparison.variants.data());
  for (std::size_t v = 0; v < comparison.variants.size(); ++v) {
    const bool counts = v != place && !is_stopped(comparison.variants[v]);
    if (counts) answer.contrasts.push_back(contrast_of(comparison, place, v));
  }
  // Where nothing at all can be compared, `why_no_answer` says so.
  const bool any = std::any_of(answer.contrasts.begin(), answer.contrasts.end(), has_pairs);
  std::erase_if(answer.contrasts,
                [&](const auto& of) { return !has_pairs(of) && !(any && is_lost(comparison, of)); });
}

}  // namespace

std::optional<StudyAnswer> answer(const Comparison& comparison) {
  StudyAnswer answer;
  const AskedChanges asked = asked_changes(comparison);
  answer.factors = asked.factors;
  answer.margin = comparison.question_asked.margin;
  const Runs runs = runs_of(comparison, answer.factors);
  if (!runs.empty() && !comparison.is_pair) {
    answer.declared = asked.declared;
    answer.of_changes = asked.of_changes;
    for (const AskedChange& change : asked.changes) {
      AnsweredContrast of = contrast_of(comparison, asked, runs, change);
      if (has_pairs(of) || is_lost(comparison, of)) answer.contrasts.push_back(std::move(of));
    }
  }
  answer.is_unanswered = answer.declared && answer.contrasts.empty();
  if (answer.contrasts.empty()) add_whole_variants(answer, comparison);
  if (answer.contrasts.empty()) return std::nullopt;
  for (AnsweredContrast& of : answer.contrasts) of.other_images = different_images(comparison, of).differ();
  judge(answer, comparison);
  for (AnsweredContrast& of : answer.contrasts) add_words(of, comparison);
  return answer;
}

}  // namespace ablate
