#pragma once
/// Which effects of factors pages show, and what they call them.

#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace ablate {

inline constexpr std::size_t most_interactions_shown = 20;

/// What pages call an effect: "width" and "narrow → wide"; of an interaction, "width × skip" and
/// "(narrow → wide) × (none → identity)".
struct EffectName {
  std::string factor, change;
};
EffectName effect_name(const Comparison& comparison, const FactorialEffect& effect);

/// The effects that pages show: all main effects that have a value, and of more interactions than
/// `most_interactions_shown` the largest.
std::vector<const FactorialEffect*> shown_effects(const Comparison& comparison);

/// The key of a factor of FactorAnalysis::factors, "a + b" of joint ones; and the stored value of its level, the
/// values' texts joined of joint ones.
std::string analysed_key(const Comparison& comparison, std::size_t factor);
Value analysed_level(const Comparison& comparison, std::size_t factor, std::size_t level);

}  // namespace ablate
