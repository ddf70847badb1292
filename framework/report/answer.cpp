#include "report/answer.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "report/comparison.hpp"
#include "report/judge.hpp"
#include "report/judged_images.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_levels_told = 6, most_factors_told = 3;

using Runs = std::vector<FactorialRun>;

/// A change that is asked about.
struct Asked {
  std::size_t factor, from, to;
};

std::size_t differing(const Comparison& comparison, const std::vector<JointFactor>& factors,
                      const VariantSummary& variant) {
  const VariantSummary* base = baseline(comparison);
  return static_cast<std::size_t>(std::count_if(factors.begin(), factors.end(), [&](const auto& factor) {
    return level_of(factor, variant.factors) != level_of(factor, base->factors);
  }));
}

bool is_one_at_a_time(const Comparison& comparison, const std::vector<JointFactor>& factors) {
  return factors.size() > 1 && baseline(comparison) &&
         std::all_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& variant) {
           return variant.is_baseline || differing(comparison, factors, variant) == 1;
         });
}

std::optional<std::size_t> find_factor(const Comparison& comparison, const std::vector<JointFactor>& factors,
                                       const std::string& key) {
  for (std::size_t f = 0; f < factors.size(); ++f) {
    for (const std::size_t place : factors[f].keys) {
      if (comparison.factor_keys[place] == key) return f;
    }
  }
  return std::nullopt;
}

/// The level that a text of the study file names: the value of the key that was asked for. No text names none, also
/// where variants that do not change the factor have no value of it.
std::optional<std::size_t> find_level(const Comparison& comparison, const JointFactor& factor,
                                      const std::string& key, const std::string& text) {
  if (text.empty()) return std::nullopt;
  for (std::size_t level = 0; level < factor.levels.size(); ++level) {
    for (std::size_t k = 0; k < factor.keys.size(); ++k) {
      if (comparison.factor_keys[factor.keys[k]] == key && to_string(factor.levels[level][k]) == text)
        return level;
    }
  }
  return std::nullopt;
}

/// Each change of one factor that the options ask for.
std::vector<Asked> changes_of(const Comparison& comparison, const std::vector<JointFactor>& factors,
                              std::size_t f) {
  const JointFactor& factor = factors[f];
  const ContrastSettings& wanted = comparison.question_asked;
  const std::size_t from =
      find_level(comparison, factor, wanted.factor, wanted.from).value_or(factor.baseline.value_or(0));
  const auto to = find_level(comparison, factor, wanted.factor, wanted.to);
  std::vector<Asked> changes;
  for (std::size_t level = 0; level < factor.levels.size(); ++level) {
    if (level != from && (!to || level == *to)) changes.push_back({f, from, level});
  }
  return changes;
}

/// The changes of a one-at-a-time study, in the order of the plan.
std::vector<Asked> single_changes(const Comparison& comparison, const std::vector<JointFactor>& factors) {
  std::vector<Asked> changes;
  for (const VariantSummary& variant : comparison.variants) {
    for (std::size_t f = 0; f < factors.size(); ++f) {
      const std::size_t level = level_of(factors[f], variant.factors);
      if (!variant.is_baseline && level != *factors[f].baseline)
        changes.push_back({f, *factors[f].baseline, level});
    }
  }
  return changes;
}

/// Places, in a setting, of the factors whose levels get rows of their own.
std::vector<std::size_t> by_places(const Comparison& comparison, const std::vector<JointFactor>& factors,
                                   const std::vector<std::size_t>& others) {
  std::vector<std::size_t> places;
  const auto& wanted = comparison.question_asked.by;
  for (const std::string& key : wanted) {
    const auto factor = find_factor(comparison, factors, key);
    const auto place = std::find(others.begin(), others.end(), factor.value_or(factors.size()));
    if (place != others.end()) places.push_back(static_cast<std::size_t>(place - others.begin()));
  }
  for (std::size_t place = 0; wanted.empty() && place < others.size(); ++place) {
    if (factors[others[place]].levels.size() <= most_levels_told && places.size() < most_factors_told)
      places.push_back(place);
  }
  return places;
}

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

/// The variants of both sides in each setting that has both.
void add_strata(AnsweredContrast& of, const Comparison& comparison, const std::vector<JointFactor>& factors,
                const Asked& asked) {
  std::map<std::vector<std::size_t>, std::pair<std::optional<std::size_t>, std::optional<std::size_t>>> sides;
  for (std::size_t v = 0; v < comparison.variants.size(); ++v) {
    const auto& values = comparison.variants[v].factors;
    std::vector<std::size_t> setting;
    for (const std::size_t other : of.others) setting.push_back(level_of(factors[other], values));
    const std::size_t level = level_of(factors[asked.factor], values);
    if (level == asked.from) sides[setting].first = v;
    if (level == asked.to) sides[setting].second = v;
  }
  for (const auto& [setting, both] : sides) {
    if (!both.first || !both.second) continue;
    of.settings.push_back(setting);
    of.from_variants.push_back(*both.first);
    of.to_variants.push_back(*both.second);
  }
}

AnsweredContrast contrast_of(const Comparison& comparison, const std::vector<JointFactor>& factors,
                             const Runs& runs, const Asked& asked, bool of_changes) {
  AnsweredContrast of;
  std::vector<std::size_t> by;
  of.subject = joint_name(comparison, factors[asked.factor]);
  of.from = joint_label(comparison, factors[asked.factor], asked.from);
  of.to = joint_label(comparison, factors[asked.factor], asked.to);
  of.name = fmt::format("{}: {} → {}", of.subject, of.from, of.to);
  for (const std::size_t key : factors[asked.factor].keys)
    of.asked_keys.push_back(comparison.factor_keys[key]);
  for (std::size_t f = 0; f < factors.size(); ++f) {
    if (f != asked.factor) of.others.push_back(f);
  }
  if (!of_changes) by = by_places(comparison, factors, of.others);
  add_strata(of, comparison, factors, asked);
  of.pairs = contrast_pairs(runs, asked.factor, asked.from, asked.to);
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

/// The changes that the study asks about; empty where it has none that stand for factors.
std::vector<Asked> asked_changes(const Comparison& comparison, StudyAnswer& answer) {
  const auto declared = find_factor(comparison, answer.factors, comparison.question_asked.factor);
  answer.declared = declared.has_value();
  if (declared) return changes_of(comparison, answer.factors, *declared);
  if (!baseline(comparison) || answer.factors.empty()) return {};
  answer.of_changes = is_one_at_a_time(comparison, answer.factors);
  return answer.of_changes ? single_changes(comparison, answer.factors)
                           : changes_of(comparison, answer.factors, 0);
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
  answer.factors = joint_factors(comparison);
  answer.margin = comparison.question_asked.margin;
  const Runs runs = runs_of(comparison, answer.factors);
  if (!runs.empty() && !comparison.is_pair) {
    for (const Asked& asked : asked_changes(comparison, answer)) {
      AnsweredContrast of = contrast_of(comparison, answer.factors, runs, asked, answer.of_changes);
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
