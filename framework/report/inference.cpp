#include "report/inference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "report/idle.hpp"
#include "report/judge.hpp"
#include "report/judged_images.hpp"
#include "stats/anytime.hpp"
#include "stats/effect_size.hpp"

namespace ablate {
namespace {

std::vector<double> plain(const std::vector<SeedValue>& values) {
  std::vector<double> numbers;
  for (const SeedValue& value : values) numbers.push_back(value.value);
  return numbers;
}

std::vector<std::int64_t> seeds_left_out(const VariantSummary& variant, const VariantSummary& base,
                                         const std::vector<std::int64_t>& shared) {
  std::set<std::int64_t> seeds;
  for (const auto* one : {&variant, &base}) {
    for (const RunSummary& run : one->runs) seeds.insert(run.seed);
  }
  for (const std::int64_t seed : shared) seeds.erase(seed);
  return {seeds.begin(), seeds.end()};
}

std::optional<Difference> difference_from(const Comparison& comparison, const VariantSummary& variant,
                                          const VariantSummary& base) {
  const SeedPairs pairs = pair_by_seed(variant.values, base.values);
  if (pairs.seeds.empty() || is_stopped(variant) ||
      different_images(comparison, base, variant, comparison.primary.split).differ())
    return std::nullopt;
  Difference difference;
  difference.seeds = pairs.seeds;
  difference.differences = pairs.differences;
  difference.left_out = seeds_left_out(variant, base, pairs.seeds);
  difference.paired = paired_difference(pairs.differences, comparison.confidence);
  const auto own = plain(variant.values), reference = plain(base.values);
  difference.cliffs_delta = cliffs_delta(own, reference);
  difference.probability_of_improvement = best_of(comparison) == Best::highest
                                              ? probability_of_improvement(own, reference)
                                              : probability_of_improvement(reference, own);
  return difference;
}

/// Where neither a variant nor the baseline differs between its seeds.
void silence_idle_seeds(Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  const bool all = comparison.answer && comparison.answer->seeds_idle;
  for (VariantSummary& variant : comparison.variants) {
    if (variant.difference && (all || (base && are_seeds_idle(*base) && are_seeds_idle(variant))))
      silence(variant.difference->member, idle_seeds);
  }
}

void judge_variants(Comparison& comparison) {
  std::vector<Difference*> judged;
  std::vector<SeedRow> rows;
  std::size_t absent = 0;
  for (auto& variant : comparison.variants) {
    absent += is_stopped(variant);
    if (!variant.difference) continue;
    judged.push_back(&*variant.difference);
    rows.push_back({variant.difference->seeds, variant.difference->differences});
  }
  const bool anytime = comparison.answer && comparison.answer->looks.by_e_value;
  const Family family = anytime
                            ? judge_family_anytime(rows, comparison.confidence, comparison.seed_order, absent)
                            : judge_family(rows, comparison.confidence, absent);
  for (std::size_t i = 0; i < judged.size(); ++i) judged[i]->member = family.members[i];
  silence_idle_seeds(comparison);
  comparison.family = family.size - absent > 0 ? family.size : 0;
}

/// The baseline's level first.
JointFactor from_baseline(JointFactor factor) {
  const auto first = factor.levels.begin() + static_cast<std::ptrdiff_t>(factor.baseline.value_or(0));
  std::rotate(factor.levels.begin(), first, first + 1);
  return factor;
}

/// Two variants that differ in this change alone were judged by different images.
bool is_of_other_images(const Comparison& comparison, const std::vector<JointFactor>& factors,
                        const FactorLevel& change) {
  std::map<std::vector<std::size_t>, const VariantSummary*> from;
  const auto settings_at = [&](std::size_t level, const auto& take) {
    for (const VariantSummary& variant : comparison.variants) {
      std::vector<std::size_t> setting;
      for (const JointFactor& factor : factors) setting.push_back(level_of(factor, variant.factors));
      if (std::exchange(setting[change.factor], 0) == level) take(setting, variant);
    }
  };
  settings_at(0, [&](const auto& setting, const VariantSummary& variant) { from[setting] = &variant; });
  bool differ = false;
  settings_at(change.level, [&](const auto& setting, const VariantSummary& to) {
    const auto other = from.find(setting);
    differ |= other != from.end() &&
              different_images(comparison, *other->second, to, comparison.primary.split).differ();
  });
  return differ;
}

std::optional<FactorAnalysis> analyse_factors(const Comparison& comparison) {
  FactorAnalysis analysis;
  for (JointFactor& factor : joint_factors(comparison))
    analysis.factors.push_back(from_baseline(std::move(factor)));
  if (analysis.factors.size() < 2) return std::nullopt;
  const auto runs = runs_of(comparison, analysis.factors);
  if (runs.empty()) return std::nullopt;
  analysis.main = main_effects(runs, comparison.confidence);
  const bool crossed = std::any_of(analysis.main.begin(), analysis.main.end(),
                                   [](const auto& effect) { return effect.settings > 1; });
  if (!crossed) return std::nullopt;
  for (FactorialEffect& effect : analysis.main) {
    if (!effect.reason.empty() || !is_of_other_images(comparison, analysis.factors, effect.of.front()))
      continue;
    effect.difference = {};
    effect.reason = "the sides were judged by different images";
  }
  analysis.interactions = interactions(runs, comparison.confidence);
  analysis.anova = anova(runs);
  return analysis;
}

std::optional<RankAnalysis> rank(const Comparison& comparison) {
  RankAnalysis ranks;
  std::size_t others = 0;
  std::map<std::int64_t, std::vector<double>> rows;
  for (std::size_t i = 0; i < comparison.variants.size(); ++i) {
    const auto& variant = comparison.variants[i];
    if (variant.values.empty() || is_stopped(variant)) continue;
    ranks.variants.push_back(i);
    const VariantSummary& first = comparison.variants[ranks.variants.front()];
    if (different_images(comparison, first, variant, comparison.primary.split).differ()) return std::nullopt;
    others += !variant.is_baseline;
  }
  if (others < 3) return std::nullopt;
  for (std::size_t i = 0; i < ranks.variants.size(); ++i) {
    for (const SeedValue& value : comparison.variants[ranks.variants[i]].values) {
      rows.try_emplace(value.seed, ranks.variants.size(), undefined).first->second[i] = value.value;
    }
  }
  if (rows.size() < 2) return std::nullopt;
  std::vector<double> values;
  for (const auto& [seed, row] : rows) values.insert(values.end(), row.begin(), row.end());
  ranks.test = friedman_test(values, ranks.variants.size(), best_of(comparison), comparison.confidence);
  return ranks;
}

}  // namespace

void add_inference(Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  for (auto& variant : comparison.variants) {
    variant.interquartile_mean = interquartile_mean(plain(variant.values));
    if (base && &variant != base && comparison.paired)
      variant.difference = difference_from(comparison, variant, *base);
  }
  if (!comparison.paired) return;
  comparison.answer = answer(comparison);
  judge_variants(comparison);
  comparison.factor_analysis = analyse_factors(comparison);
  const bool has_factors = comparison.factor_analysis ||
                           (comparison.answer && !comparison.answer->contrasts.front().subject.empty());
  if (!has_factors) comparison.ranks = rank(comparison);
}

double smallest_corrected_p(std::size_t pairs, std::size_t rows) {
  const double smallest = pairs > most_exact_pairs ? 1.0 / static_cast<double>(drawn_sign_choices + 1)
                                                   : std::ldexp(2.0, -static_cast<int>(pairs));
  return std::min(1.0, static_cast<double>(rows) * smallest);
}

std::size_t pairs_needed(std::size_t rows, double confidence) {
  std::size_t pairs = 2;
  while (pairs < most_exact_pairs && smallest_corrected_p(pairs, rows) > 1.0 - confidence) ++pairs;
  return pairs;
}

}  // namespace ablate
