#pragma once
/// Tables of factors and ranks: in full for files, and as people read them. Empty where the study has none.

#include "report/comparison.hpp"
#include "text/table.hpp"

namespace ablate {

inline constexpr std::size_t most_interactions_shown = 20;

/// Files: a row an effect; a row a source of variance; a row a ranked variant.
Table effects_data(const Comparison& comparison);
Table variance_data(const Comparison& comparison);
Table ranks_data(const Comparison& comparison);

/// What pages call an effect: "width" and "narrow → wide"; of an interaction, "width × skip" and
/// "(narrow → wide) × (none → identity)".
struct EffectName {
  std::string factor, change;
};
EffectName effect_name(const Comparison& comparison, const FactorialEffect& effect);
/// The effects that pages show: all main effects that have a value, and of more interactions than
/// `most_interactions_shown` the largest.
std::vector<const FactorialEffect*> shown_effects(const Comparison& comparison);
/// Places in RankAnalysis::variants of those that pages show, the best first.
std::vector<std::size_t> shown_ranks(const Comparison& comparison);

/// Pages. Shares of variance stand without F and p, which take the runs of a seed for independent.
Table effects_table(const Comparison& comparison);
Table variance_table(const Comparison& comparison);
Table ranks_table(const Comparison& comparison);

}  // namespace ablate
