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

const std::string& analysed_key(const Comparison& comparison, std::size_t factor) {
  return comparison.factor_keys[comparison.factor_analysis->factors[factor]];
}

EffectName effect_name(const Comparison& comparison, const FactorialEffect& effect) {
  Texts names, changes;
  for (const FactorLevel& part : effect.of) {
    const std::string& key = analysed_key(comparison, part.factor);
    const auto& levels = comparison.factor_analysis->levels[part.factor];
    names.push_back(factor_name(comparison, key));
    const std::string change = fmt::format("{} → {}", factor_label(comparison, key, levels[0]),
                                           factor_label(comparison, key, levels[part.level]));
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
