#include "report/factor_effects.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/phrases.hpp"

namespace ablate {
namespace {

using Texts = std::vector<std::string>;

std::vector<const FactorialEffect*> with_value(const std::vector<FactorialEffect>& effects) {
  std::vector<const FactorialEffect*> found;
  for (const FactorialEffect& effect : effects) {
    if (effect.reason.empty()) found.push_back(&effect);
  }
  return found;
}

std::vector<const FactorialEffect*> shown_interactions(const FactorAnalysis& analysis) {
  auto shown = with_value(analysis.interactions);
  if (shown.size() <= most_interactions_shown) return shown;
  std::stable_sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) {
    return std::abs(a->difference.summary.mean) > std::abs(b->difference.summary.mean);
  });
  shown.resize(most_interactions_shown);
  return shown;
}

}  // namespace

std::string analysed_key(const Comparison& comparison, std::size_t factor) {
  Texts keys;
  for (const std::size_t key : comparison.factor_analysis->factors[factor].keys)
    keys.push_back(comparison.factor_keys[key]);
  return fmt::format("{}", fmt::join(keys, " + "));
}

Value analysed_level(const Comparison& comparison, std::size_t factor, std::size_t level) {
  const std::vector<Value>& values = comparison.factor_analysis->factors[factor].levels[level];
  if (values.size() == 1) return values.front();
  Texts texts;
  for (const Value& value : values) texts.push_back(factor_text(value));
  return fmt::format("{}", fmt::join(texts, " + "));
}

EffectName effect_name(const Comparison& comparison, const FactorialEffect& effect) {
  Texts names, changes;
  for (const FactorLevel& part : effect.of) {
    const JointFactor& factor = comparison.factor_analysis->factors[part.factor];
    names.push_back(joint_name(comparison, factor));
    const std::string change = fmt::format("{} → {}", joint_label(comparison, factor, 0),
                                           joint_label(comparison, factor, part.level));
    changes.push_back(effect.of.size() == 1 ? change : fmt::format("({})", change));
  }
  return {fmt::format("{}", fmt::join(names, " × ")), fmt::format("{}", fmt::join(changes, " × "))};
}

std::vector<const FactorialEffect*> shown_effects(const Comparison& comparison) {
  if (!comparison.factor_analysis) return {};
  auto shown = with_value(comparison.factor_analysis->main);
  const auto interactions = shown_interactions(*comparison.factor_analysis);
  shown.insert(shown.end(), interactions.begin(), interactions.end());
  return shown;
}

}  // namespace ablate
