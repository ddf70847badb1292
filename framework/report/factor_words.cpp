#include "report/factor_words.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/factor_effects.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

constexpr std::size_t most_told = 6;

using Effects = std::vector<const FactorialEffect*>;

bool has_interval(const FactorialEffect& effect) {
  return effect.reason.empty() && effect.difference.interval.low < effect.difference.interval.high;
}

bool excludes_zero(const FactorialEffect& effect) {
  return has_interval(effect) &&
         (effect.difference.interval.low > 0.0 || effect.difference.interval.high < 0.0);
}

double size(const FactorialEffect* effect) { return std::abs(effect->difference.summary.mean); }

bool is_larger(const FactorialEffect* a, const FactorialEffect* b) { return size(a) > size(b); }

std::string told(const Comparison& comparison, const FactorialEffect& effect) {
  const EffectName name = effect_name(comparison, effect);
  Difference difference;
  difference.paired = effect.difference;
  return fmt::format("{} {}, {}", name.factor, name.change, difference_text(difference));
}

/// In the order of the plan, the largest of too many.
Effects told_effects(const std::vector<FactorialEffect>& all, std::size_t& left_out) {
  Effects shown;
  for (const FactorialEffect& effect : all) {
    if (has_interval(effect)) shown.push_back(&effect);
  }
  left_out = shown.size() > most_told ? shown.size() - most_told : 0;
  if (left_out == 0) return shown;
  std::stable_sort(shown.begin(), shown.end(), is_larger);
  shown.resize(most_told);
  std::sort(shown.begin(), shown.end());  // pointers into one list: its order
  return shown;
}

}  // namespace

std::string factor_sentences(const Comparison& comparison) {
  if (!comparison.factor_analysis) return {};
  std::size_t left_out = 0;
  const Effects effects = told_effects(comparison.factor_analysis->main, left_out);
  if (effects.empty()) return {};
  std::vector<std::string> parts;
  for (const FactorialEffect* effect : effects) parts.push_back(told(comparison, *effect));
  if (left_out > 0) parts.push_back(fmt::format("{} smaller ones in the table of factors", left_out));
  std::string text =
      fmt::format(" Factor by factor, averaged over the settings of the others: {}.", fmt::join(parts, "; "));
  const FactorialEffect* largest = nullptr;
  for (const FactorialEffect& effect : comparison.factor_analysis->interactions) {
    if (excludes_zero(effect) && (!largest || is_larger(&effect, largest))) largest = &effect;
  }
  if (largest) {
    text += fmt::format(" It depends: one effect changes with the other factor, most of all {}.",
                        told(comparison, *largest));
  }
  return text + " These intervals are not corrected for their number.";
}

}  // namespace ablate
